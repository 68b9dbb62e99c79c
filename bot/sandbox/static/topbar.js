import { api } from "./api.js";
import { h, iconButton } from "./dom.js";
import { toast } from "./dialogs.js";

const HOUR_S = 3600;
const NOTHING_MS = 2000;
const QUIET_MS = 2000;

/** The clock, its buttons, and the way to the developer's panel. */
export class TopBar {
  constructor(element, app) {
    this.element = element;
    this.app = app;
    app.store.on("clock", () => this.tick());
    app.store.on("state", () => this.render());
    app.store.on("connection", () => this.tick());
    setInterval(() => this.tick(), 1000);
  }

  render() {
    const { language, store } = this.app;
    const t = (key) => language.t(key);
    this.face = h("time", { class: "clock-time" });
    this.note = h("span", { class: "clock-note" });
    this.bar = h("progress", { class: "move-progress", max: "1", "aria-label": t("clockControls"), hidden: true });
    const move = (name, step) => h("button", { type: "button", class: "button clock-button", "data-move": name, on: { click: () => void this.move(step, name) } }, t(name));
    this.buttons = h("div", { class: "clock-buttons", role: "group", "aria-label": t("clockControls") },
      move("hour", { by_seconds: HOUR_S }), move("day", { by_seconds: 24 * HOUR_S }), move("next", { to_next: true }));
    this.stop = h("button", { type: "button", class: "button clock-button", hidden: true, on: { click: () => void this.#stopHere() } }, t("stopHere"));
    this.buttons.append(this.stop);
    this.offline = h("p", { class: "offline", role: "status" });
    const toggle = h("button", { type: "button", class: "clock", title: t("clockControls"), on: { click: () => document.body.classList.toggle("clock-open") } },
      h("span", { class: "clock-face" }, this.face, this.note));
    this.element.replaceChildren(
      h("div", { class: "brand" }, h("h1", {}, store.bot.first_name || "Telegram")), toggle, this.buttons,
      h("div", { class: "tools" },
        h("button", { type: "button", class: "button quiet", lang: language.code === "sv" ? "en" : "sv", on: { click: () => this.app.switchLanguage() } }, t("switchLanguage")),
        iconButton("code", t("developer"), () => this.app.developer.toggle(), { "aria-expanded": String(!this.app.developer.element.hidden), "aria-controls": "developer" })),
      this.bar, this.offline);
    this.tick();
  }

  tick() {
    if (!this.face) return;
    const { language, store } = this.app;
    const now = store.clock.now();
    const text = `${language.date(now)} ${language.time(now)}`;
    if (this.face.textContent !== text) {
      this.face.replaceChildren(h("span", { class: "clock-date" }, language.date(now)), " ", h("b", {}, language.time(now)));
      this.face.dateTime = now.toISOString();
    }
    this.#showMove(store, language);
    this.offline.textContent = store.connected ? "" : language.t("offline");
    this.app.dayMayHaveChanged();
  }

  #showMove({ clock }, language) {
    const progress = clock.progress();
    const moving = progress !== null || Boolean(this.waiting);
    this.bar.hidden = !moving;
    if (progress > 0) this.bar.value = progress;
    else this.bar.removeAttribute("value");
    for (const button of this.buttons.children) {
      if (button !== this.stop) button.disabled = moving;
    }
    const quiet = clock.movingTo !== null && clock.age() > QUIET_MS;
    if (quiet) void this.#ask();
    this.stop.hidden = !moving;
    this.buttons.children[2].hidden = moving;
    const target = clock.movingTo && new Date(clock.movingTo);
    this.note.textContent = target ? language.t("moving", { time: `${language.date(target, { year: false })} ${language.time(target)}` }) : clock.running ? "" : language.t("stopped");
    const awaited = clock.waitingFor.map(({ why, ...whom }) => language.t(`awaited_${why}`, whom)).join(", ");
    this.note.append(awaited && this.held ? ` · ${language.t("waitingFor", { what: awaited })}` : "");
  }

  /** A move that stands still says what it waits for. */
  async #ask() {
    const { store } = this.app;
    const before = store.clock.now().getTime();
    const told = await api.clock().catch(() => null); // the lost connection is told of elsewhere
    if (told === null) return;
    store.clock.take(told);
    this.held = store.clock.now().getTime() === before;
    this.tick();
    if (store.clock.movingTo === null) this.held = false;
  }

  async #stopHere() {
    this.stopped = true;
    await this.app.attempt(() => (this.stoodStill ? api.freeze() : api.run()));
  }

  /** Moves the clock and waits until it is there; `name` is what the move is called among the acts. */
  async move(step, name) {
    const { store, language } = this.app;
    const before = store.clock.now().getTime();
    Object.assign(this, { waiting: true, stopped: false, stoodStill: !store.clock.running });
    this.tick();
    await this.app.attempt(async () => {
      store.clock.take(await api.moveClock({ ...step, wait: true }));
      if (step.to_next && !this.stopped && store.clock.now().getTime() - before < NOTHING_MS) toast(language.t("nothingNext"));
      store.tell("acted", { personId: null, kind: "clock", what: name });
    });
    this.waiting = false;
    this.tick();
  }
}
