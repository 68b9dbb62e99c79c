/** Which addresses may be pressed, and which of them mean the bot itself. */

const ALLOWED = new Set(["http:", "https:", "tg:", "mailto:", "tel:"]);
const HAS_SCHEME = /^[a-z][a-z0-9+.-]*:/i;

/** The address as a string that is safe in href, or null. Without a scheme it is a web page, as in Telegram. */
export function safeUrl(text) {
  const trimmed = text.trim();
  const candidate = HAS_SCHEME.test(trimmed) && !/^[^/]+\.[^/]+:\d/.test(trimmed) ? trimmed : `http://${trimmed}`;
  try {
    const url = new URL(candidate);
    return ALLOWED.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** The start payload ("" when there is none) of a link to this bot: t.me/bot?start=…, tg://resolve?domain=bot&start=…; else null. */
export function startPayload(text, username) {
  const href = /\s/.test(text.trim()) ? null : safeUrl(text);
  if (href === null || !username) return null;
  const url = new URL(href);
  const web = /^(www\.)?(t|telegram)\.(me|dog)$/i.test(url.hostname) ? url.pathname.replace(/^\/|\/$/g, "") : null;
  const own = url.protocol === "tg:" && `${url.hostname}${url.pathname}`.replace(/\//g, "") === "resolve" ? url.searchParams.get("domain") : null;
  const name = web ?? own;
  if (name?.toLowerCase() !== username.toLowerCase()) return null;
  const payload = url.searchParams.get("start") ?? "";
  return /^[\w-]{0,64}$/.test(payload) ? payload : null;
}
