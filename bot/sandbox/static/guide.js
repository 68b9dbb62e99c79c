import { fullName, h, iconButton } from "./dom.js";

const PATIENCE_MS = 1500;
const ROWS_LOOKED_AT = 8;
const KEPT = "walk";

/**
 * Leads through a walk that came with the file of people: says what to do next, points at it, and goes on when it was
 * done. A step has `say` and at most one act: `start` (a link's payload, or "" for the Start button), `press` (labels,
 * the first that is there; * stands for anything), `send` (a text), `command`, `clock` ("hour", "day", "next", an instant).
 */
export class Guide {
  #walk = null;
  #at = 0;
  #target = null;
  #filled = false;
  #looked = 0;

  constructor(element, app) {
    Object.assign(this, { element, app });
    app.store.on("acted", (act) => this.#acted(act));
    app.store.on("walks", () => this.#resume());
    for (const kind of ["view", "people"]) app.store.on(kind, () => this.#look());
    this.watcher = new MutationObserver(() => this.#look());
    addEventListener("resize", () => this.#look());
    element.addEventListener("keydown", (event) => event.key === "Escape" && this.leave());
  }

  begin(walk) {
    this.app.arrange(walk.people ?? []);
    this.#follow(walk, 0);
  }

  #follow(walk, at) {
    this.#walk = walk;
    this.#turnTo(at);
    this.watcher.observe(document.body, { childList: true, subtree: true, attributeFilter: ["hidden", "class", "disabled"] });
  }

  leave() {
    this.#walk = null;
    this.watcher.disconnect();
    clearTimeout(this.timer);
    sessionStorage.removeItem(KEPT);
    this.#point(null);
    this.render();
    this.app.view?.composer.focus();
  }

  #resume() {
    const { id, at } = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
    const walk = this.app.store.walks.find((one) => one.id === id);
    if (!walk || this.#walk) return;
    this.#follow(walk, at);
  }

  get #step() {
    return this.#walk?.steps[this.#at] ?? null;
  }

  #turnTo(at) {
    this.#at = at;
    this.#filled = false;
    sessionStorage.setItem(KEPT, JSON.stringify({ id: this.#walk.id, at }));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#wait(), PATIENCE_MS);
    this.#point(null);
    this.render();
    this.#look();
  }

  render() {
    const { language } = this.app;
    const walk = this.#walk;
    this.element.hidden = walk === null;
    document.body.classList.toggle("guided-tour", walk !== null);
    if (walk === null) return this.element.replaceChildren();
    const step = this.#step;
    const title = step ? [h("span", { class: "guide-title" }, `${language.of(walk.title)} · `), language.t("stepOf", { n: this.#at + 1, all: walk.steps.length })] : language.of(walk.title);
    this.text ??= h("div", { class: "guide-text", role: "status", "aria-live": "polite" });
    this.hint = h("span", { class: "guide-hint" });
    this.text.replaceChildren(h("b", {}, title), h("p", {}, language.of(step ? step.say : walk.done), " ", this.hint));
    this.element.replaceChildren(this.text, h("div", { class: "guide-actions" }, this.#buttons(step, language)), ...(step ? [this.#ways(step, language)] : []));
    return undefined;
  }

  /** What does the step, where the page has no button of its own for it. */
  #buttons(step, language) {
    const button = (label, action, look = "") => h("button", { type: "button", class: `button small ${look}`, on: { click: action } }, label);
    if (!step) return [button(language.t("finish"), () => this.leave())];
    return [
      isInstant(step.clock) && button(this.#label(step.clock), (event) => void this.#move(step.clock, event.currentTarget), "guided"),
      step.start && button(language.t("guideLink"), (event) => void this.#open(step, event.currentTarget), "guided"),
      !actOf(step) && button(language.t("goOn"), () => this.#turnTo(this.#at + 1), "guided"),
    ];
  }

  /** To what is pointed at, past the step, and out of the walk. */
  #ways(step, language) {
    const quiet = (label, action, look = "") => h("button", { type: "button", class: `button small quiet ${look}`, on: { click: action } }, label);
    return h("div", { class: "guide-ways" }, quiet(language.t("guideFocus"), () => this.#target?.focus(), "sr-only-until-focus"),
      actOf(step) && quiet(language.t("skipStep"), () => this.#turnTo(this.#at + 1)), iconButton("close", language.t("leaveWalk"), () => this.leave()));
  }

  #label(instant) {
    const { language } = this.app;
    return language.t("moveClockTo", { time: language.date(new Date(instant), { weekday: false, year: false }) });
  }

  async #open(step, button) {
    button.disabled = true;
    await this.app.choose(step.person).start(step.start);
    button.disabled = false; // where the server refused it, it can be tried again
  }

  async #move(instant, button) {
    const { store, topbar } = this.app;
    button.disabled = true;
    button.classList.remove("guided");
    if (store.clock.now() < new Date(instant)) await topbar.move({ to: instant }, instant);
    else this.#turnTo(this.#at + 1);
  }

  #acted({ personId, kind, what }) {
    const step = this.#step;
    if (!step || (step.person && step.person !== personId)) return;
    const act = actOf(step);
    const done = act === "press" ? kind !== "start" && step.press.some((label) => fits(label, what))
      : act === "command" ? kind === "send" && what.split(/\s/)[0] === step.command
        : act === "send" ? kind === "send" && !what.startsWith("/")
          : act === kind && what === step[act];
    if (done) this.#turnTo(this.#at + 1);
  }

  /** Many changes make one look, also of the changes that pointing makes itself. */
  #look() {
    if (!this.#walk || this.#looked) return;
    this.#looked = requestAnimationFrame(() => {
      this.#looked = 0;
      if (this.#step) this.#point(this.#find(this.#step));
    });
  }

  #point(found) {
    const { element = null, hint = "" } = found ?? {};
    if (this.hint && this.hint.textContent !== hint) this.hint.textContent = hint;
    if (element === this.#target) return;
    this.#target?.classList.remove("guided");
    this.#target = element;
    element?.classList.add("guided");
    element?.scrollIntoView({ block: "nearest" });
  }

  /** What to press now, as {element, hint}: the act's own button, or the way to it. */
  #find(step) {
    if (step.start || isInstant(step.clock)) return {};
    if (step.clock) return this.#findClock(step.clock);
    if (!step.person) return {};
    const view = this.app.viewOf(step.person);
    if (view?.element.checkVisibility()) return actOf(step) ? this.#findAct(step, view) : {};
    const hint = this.app.language.t("guideOpen", { name: fullName(this.app.store.people.get(step.person) ?? { first_name: String(step.person) }) });
    const ways = [...document.querySelectorAll(".pane-tab")].filter((_, at) => this.app.places[at]?.chatId === step.person);
    const way = [...ways, this.app.people.entry(step.person), this.app.view?.element.querySelector(".back")].find((one) => one?.checkVisibility());
    return { element: way, hint };
  }

  #findClock(move) {
    const button = document.querySelector(`[data-move="${move}"]`);
    return { element: button?.checkVisibility() ? button : document.querySelector("button.clock") };
  }

  #findAct(step, view) {
    switch (actOf(step)) {
      case "press": return { element: keyIn(view, step.press) };
      case "start": return { element: view.composer.element.querySelector(".begin .button") };
      case "command": return { element: view.composer.wayTo(step.command) };
      default: {
        if (!this.#filled) this.#filled = view.composer.suggest(this.app.language.of(step.send));
        return { element: view.composer.sendButton };
      }
    }
  }

  /** What is to be pressed does not come: what comes later in the walk may be there already. */
  #wait() {
    const step = this.#step;
    if (!step?.press || this.#target) return;
    const view = this.app.viewOf(step.person);
    for (let at = this.#at + 1; view && this.#walk.steps[at]?.press && this.#walk.steps[at].person === step.person; at += 1) {
      if (keyIn(view, this.#walk.steps[at].press)) return void this.#turnTo(at);
    }
    this.timer = setTimeout(() => this.#wait(), PATIENCE_MS);
  }
}

function actOf(step) {
  return ["start", "press", "send", "command", "clock"].find((act) => step[act] !== undefined) ?? null;
}

const isInstant = (clock) => /^\d{4}-/.test(clock ?? "");

/** Whether a label is what the walk says; * stands for anything. */
function fits(pattern, label) {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "u").test(label.trim());
}

function keyIn(view, labels) {
  const rows = [...view.element.querySelectorAll(".row")].slice(-ROWS_LOOKED_AT).reverse();
  const keys = [...view.element.querySelectorAll(".reply-keyboard:not([hidden]) .key"), ...rows.flatMap((row) => [...row.querySelectorAll(".inline-keyboard .key")])];
  for (const label of labels) {
    const found = keys.find((key) => fits(label, key.querySelector(".label").textContent));
    if (found) return found;
  }
  return null;
}
