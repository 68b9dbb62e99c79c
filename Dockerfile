# The same bot as `make run`: the packages of requirements.lock, by their hashes, and the source tree.
FROM python:3.13-slim AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
COPY requirements.lock /tmp/requirements.lock
RUN /opt/venv/bin/python -m pip install --quiet --no-deps --only-binary=:all: --require-hashes -r /tmp/requirements.lock

FROM python:3.13-slim
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    ARENABOT_DATA_FOLDER=/data
RUN groupadd --system --gid 10001 arenabot \
    && useradd --system --uid 10001 --gid arenabot --home-dir /data --shell /usr/sbin/nologin arenabot \
    && install --directory --owner=arenabot --group=arenabot /data
COPY --from=packages /opt/venv /opt/venv
WORKDIR /app
COPY LICENSE pyproject.toml ./
COPY bot/ bot/
COPY handlers/ handlers/
COPY storage/ storage/
COPY schedules/ schedules/
# Compiled here, since the root is read-only where it runs: docker run --read-only --tmpfs /tmp -v arenabot:/data …
RUN python -m compileall -q bot handlers storage schedules
USER 10001:10001
VOLUME /data
STOPSIGNAL SIGTERM
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
