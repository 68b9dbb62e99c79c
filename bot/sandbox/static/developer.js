import { api } from "./api.js";
import { h, iconButton } from "./dom.js";
import { Faults } from "./faults.js";

const SHOWN = 200;

/** The folded panel: the bot's calls as they come, faults, rate limits, and the finer ways to steer the clock. */
export class DeveloperPanel {
  constructor(element, app) {
    this.element = element;
    this.app = app;
    this.filter = "";
    this.hidePolls = true;
    this.about = null; // {ids} of the calls behind one message
    this.faults = new Faults(app);
    app.store.on("calls", ({ call }) => !element.hidden && this.#append(call));
    app.store.on("state", () => !element.hidden && void this.open());
    element.addEventListener("keydown", (event) => event.key === "Escape" && this.toggle());
  }

  toggle() {
    this.element.hidden = !this.element.hidden;
    document.body.classList.toggle("developing", !this.element.hidden);
    this.app.topbar.render();
    if (!this.element.hidden) void this.open();
    else this.app.topbar.element.querySelector("[aria-controls=developer]").focus();
  }

  /** Shows the calls that wrote a message: sent it, changed it. */
  async showAbout(chatId, messageId) {
    await this.app.attempt(async () => {
      const { calls } = await api.callsAbout(chatId, messageId);
      this.about = calls;
      if (this.element.hidden) this.toggle();
      else this.render();
    });
  }

  async open() {
    await this.app.attempt(async () => {
      const { calls } = await api.calls({ limit: SHOWN });
      this.app.store.methods = await api.methods();
      const known = new Set(calls.map(({ id }) => id));
      this.app.store.calls = [...calls, ...this.app.store.calls.filter(({ id }) => !known.has(id))];
    });
    this.render();
    this.element.querySelector("button").focus();
  }

  render() {
    if (this.element.hidden) return;
    const { language, store } = this.app;
    const t = (key) => language.t(key);
    this.list = h("ol", { class: "calls", reversed: true });
    const search = h("input", { type: "search", value: this.filter, placeholder: t("filterHint"), on: { input: (event) => { this.filter = event.target.value; this.#fill(); } } });
    this.element.replaceChildren(
      h("div", { class: "panel-head" }, h("h2", {}, t("developer")), iconButton("close", t("close"), () => this.toggle())),
      h("div", { class: "panel-section" }, this.#limit("enabled", t("limits")), this.#limit("strict", t("strict"))),
      h("div", { class: "panel-section" }, this.#clock(language, store)),
      this.faults.render(), this.#unserved(language, store),
      h("h3", {}, t("calls")),
      h("div", { class: "panel-section" }, h("label", { class: "field" }, h("span", {}, t("filter")), search),
        h("label", { class: "check" }, h("input", { type: "checkbox", set: { checked: this.hidePolls }, on: { change: (event) => { this.hidePolls = event.target.checked; this.#fill(); } } }), t("hidePolls")),
        this.about && h("button", { type: "button", class: "button small", on: { click: () => { this.about = null; this.render(); } } }, t("allCalls"))),
      this.list);
    this.#fill();
  }

  #limit(name, label) {
    const { store } = this.app;
    const change = (event) => void this.app.attempt(async () => {
      const limits = await api.limits({ [name]: event.target.checked });
      store.limits = { ...store.limits, ...limits };
    });
    return h("label", { class: "check" }, h("input", { type: "checkbox", role: "switch", set: { checked: Boolean(store.limits?.[name]) }, on: { change } }), label);
  }

  #clock(language, store) {
    const wanted = h("input", { type: "datetime-local", value: localValue(store.clock.now()), required: true });
    const submit = (event) => {
      event.preventDefault();
      void this.app.attempt(async () => store.clock.take(await api.moveClock({ to: stockholm(wanted.value).toISOString() })));
    };
    const stop = () => void this.app.attempt(async () => {
      store.clock.take(await (store.clock.running ? api.freeze() : api.run()));
      this.app.topbar.tick();
      this.render();
    });
    return [h("form", { class: "move-form", on: { submit } }, h("label", { class: "field" }, h("span", {}, language.t("moveTo")), wanted), h("button", { type: "submit", class: "button" }, language.t("move"))),
      h("button", { type: "button", class: "button quiet", on: { click: stop } }, language.t(store.clock.running ? "freeze" : "run"))];
  }

  /** What the facts know and this server does not do; what the bot asked for in vain comes first. */
  #unserved(language, store) {
    const asked = new Set(store.calls.map(({ method }) => method).filter((method) => store.methods.not_served.includes(method)));
    const line = (method) => h("li", {}, asked.has(method) ? h("mark", {}, method) : method);
    return h("details", { class: "fold", open: asked.size > 0 }, h("summary", {}, language.t("notServed", { n: store.methods.not_served.length })),
      asked.size > 0 && h("p", { class: "about" }, language.t("askedInVain", { n: asked.size })),
      h("ul", { class: "methods" }, [...asked, ...store.methods.not_served.filter((method) => !asked.has(method))].map(line)),
      h("p", { class: "about" }, language.t("refusedParameters", { names: store.methods.refused_parameters.join(", ") })),
      h("p", { class: "about" }, language.t("ignoredParameters", { names: store.methods.ignored_parameters.join(", ") })));
  }

  #wanted({ method }) {
    return method.toLowerCase().includes(this.filter.trim().toLowerCase()) && !(this.hidePolls && method.toLowerCase() === "getupdates");
  }

  #fill() {
    const calls = (this.about ?? this.app.store.calls.filter((call) => this.#wanted(call))).slice(-SHOWN);
    this.list.replaceChildren(...calls.reverse().map((call) => this.#entry(call)));
    if (calls.length === 0) this.list.append(h("li", { class: "empty" }, this.app.language.t("noCalls")));
  }

  #append(call) {
    if (!this.list || this.about || !this.#wanted(call)) return;
    this.list.querySelector(".empty")?.remove();
    this.list.prepend(this.#entry(call));
    while (this.list.children.length > SHOWN) this.list.lastElementChild.remove();
  }

  #entry(call) {
    const { language } = this.app;
    const unknown = call.unknown ?? [];
    const refused = call.answer?.ok === false;
    const files = Object.entries(call.files ?? {}).map(([name, file]) => [name, `${file.name}, ${language.size(file.size)}`]);
    const details = h("details", { class: refused ? "call refused" : "call" }, h("summary", {},
      h("b", {}, call.method), this.app.store.methods.not_served.includes(call.method) && h("mark", {}, language.t("isNotServed")), unknown.length > 0 && h("mark", {}, language.t("unknownCount", { n: unknown.length })),
      h("span", { class: "call-ms" }, refused ? `${call.answer.error_code} · ` : "", `${language.number(call.ms)} ms`)));
    const open = () => {
      if (!details.open || details.children.length > 1) return;
      details.append(h("h4", {}, language.t("parameters")), h("pre", { tabindex: "0" }, parameters({ ...call.parameters, ...Object.fromEntries(files) }, unknown, language)),
        h("h4", {}, language.t("answer")), h("pre", { tabindex: "0" }, JSON.stringify(call.answer, null, 2)));
    };
    details.addEventListener("toggle", open);
    return h("li", {}, details);
  }
}

function parameters(values, unknown, language) {
  return Object.entries(values).flatMap(([name, value]) => {
    const line = `${name}: ${typeof value === "string" ? value : JSON.stringify(value, null, 2)}\n`;
    return unknown.includes(name) ? [h("mark", {}, `${line.trimEnd()}  ← ${language.t("unknown")}`), "\n"] : [line];
  });
}

function localValue(date) {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Stockholm", dateStyle: "short", timeStyle: "short" }).format(date).replace(" ", "T");
}

/** The instant at which Stockholm's clocks show this local time. */
function stockholm(local) {
  const asUtc = new Date(`${local}:00Z`).getTime();
  const shown = (time) => new Date(`${localValue(new Date(time))}:00Z`).getTime();
  const guess = asUtc - (shown(asUtc) - asUtc);
  return new Date(guess - (shown(guess) - asUtc));
}
