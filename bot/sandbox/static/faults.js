import { api } from "./api.js";
import { h } from "./dom.js";

const SOON_MS = 150;

/** What can go wrong: the fields of a fault (docs/sandbox.md) from the form's number of seconds. */
const KINDS = {
  error: () => ({ answer: { error_code: 500, description: "Internal Server Error" } }),
  refused: () => ({ answer: { error_code: 400, description: "Bad Request: a fault by request" } }),
  storm: (seconds) => ({ answer: { error_code: 429, description: `Too Many Requests: retry after ${seconds}`, parameters: { retry_after: seconds } } }),
  latency: (seconds) => ({ latency: seconds }),
  lost: () => ({ lost: true }),
  reset: () => ({ reset: true }),
  hang: (seconds) => ({ hang: seconds }),
};
const WITH_SECONDS = ["storm", "latency", "hang"];

/** The part of the developer's panel where calls are made to fail. */
export class Faults {
  constructor(app) {
    this.app = app;
    app.store.on("calls", () => this.#later());
  }

  render() {
    const { language, store } = this.app;
    const t = (key) => language.t(key);
    const kind = h("select", { name: "kind", on: { change: () => { seconds.hidden = !WITH_SECONDS.includes(kind.value); } } },
      Object.keys(KINDS).map((name) => h("option", { value: name }, t(`fault_${name}`))));
    const seconds = field(t("seconds"), h("input", { type: "number", name: "seconds", min: "1", max: "3600", value: "5", required: true }), true);
    const known = h("datalist", { id: "served-methods" }, ["*", ...store.methods.served].map((method) => h("option", { value: method })));
    const form = h("form", { class: "fault-form", on: { submit: (event) => void this.#add(event) } },
      field(t("method"), h("input", { name: "method", value: "*", list: "served-methods", required: true, autocomplete: "off", spellcheck: "false" })), known,
      field(t("times"), h("input", { type: "number", name: "times", min: "1", max: "10000", value: "1", required: true })),
      field(t("whatHappens"), kind), seconds, h("button", { type: "submit", class: "button" }, t("addFault")));
    this.list = h("ul", { class: "faults" });
    this.forget = h("button", { type: "button", class: "button quiet", hidden: true, on: { click: () => void this.#clear() } }, t("forgetFaults"));
    this.element = h("details", { class: "fold", open: this.element?.open ?? false, on: { toggle: () => void this.#show() } },
      h("summary", {}, t("faults")), h("p", { class: "about" }, t("faultsAbout")), form, this.list, this.forget);
    void this.#show();
    return this.element;
  }

  async #add(event) {
    event.preventDefault();
    const { method, times, kind, seconds } = Object.fromEntries(new FormData(event.target));
    await this.app.attempt(() => api.addFault({ method: method.trim(), times: Number(times), ...KINDS[kind](Number(seconds)) }));
    await this.#show();
  }

  async #clear() {
    await this.app.attempt(() => api.forgetFaults());
    await this.#show();
  }

  #later() {
    clearTimeout(this.timer);
    if (this.element?.isConnected && this.waiting) this.timer = setTimeout(() => void this.#show(), SOON_MS);
  }

  async #show() {
    if (!this.element.open) return;
    const { faults } = await api.faults().catch(() => ({ faults: [] })); // the lost connection is told of elsewhere
    this.waiting = faults.length > 0;
    this.forget.hidden = !this.waiting;
    this.list.replaceChildren(...faults.map((fault) => h("li", {}, h("b", {}, fault.method), h("span", {}, this.#words(fault)))));
  }

  #words({ times, answer, latency, lost, reset, hang }) {
    const { language } = this.app;
    const what = answer ? `${answer.error_code} ${answer.description}` : language.t(lost ? "fault_lost" : reset ? "fault_reset" : hang ? "fault_hang" : "fault_latency");
    return [language.t("timesLeft", { n: times }), what, (latency || hang) && `${latency || hang} s`].filter(Boolean).join(" · ");
  }
}

function field(label, input, hidden = false) {
  return h("label", { class: "field", hidden }, h("span", {}, label), input);
}
