import { Refused } from "./api.js";
import { ChatView } from "./chat.js";
import { DeveloperPanel } from "./developer.js";
import { toast } from "./dialogs.js";
import { h } from "./dom.js";
import { dayKey, Language } from "./i18n.js";
import { PeopleList } from "./people.js";
import { Store } from "./store.js";
import { TopBar } from "./topbar.js";

/** The page: which person is shown, in which language; the parts draw themselves. */
class App {
  language = new Language();
  store = new Store();
  personId = null;
  view = null;
  drafts = new Map();
  #day = null;

  constructor() {
    const part = (id) => document.getElementById(id);
    this.conversation = part("conversation");
    this.developer = new DeveloperPanel(part("developer"), this);
    this.topbar = new TopBar(part("topbar"), this);
    this.people = new PeopleList(part("people"), this);
    this.store.on("state", () => this.#begin());
    addEventListener("hashchange", () => this.#follow());
    this.#label();
  }

  #label() {
    document.documentElement.lang = this.language.code;
    for (const element of document.querySelectorAll("[data-text]")) element.textContent = this.language.t(element.dataset.text);
    for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", this.language.t(element.dataset.label));
  }

  #begin() {
    document.title = this.store.bot.first_name || "Telegram";
    this.#show(this.#hashed());
  }

  #hashed() {
    const id = Number(/^#\/(-?\d+)$/.exec(location.hash)?.[1]);
    return this.store.people.has(id) ? id : null;
  }

  #follow() {
    const id = this.#hashed();
    if (id !== this.personId) this.#show(id);
  }

  /** Shows a person's chat, or none. The address remembers it, so that the phone's back button works. */
  choose(personId) {
    if (personId !== this.personId) {
      history.pushState(null, "", personId === null ? "#" : `#/${personId}`);
      this.#show(personId);
    }
    if (personId !== null && matchMedia("(pointer: fine)").matches) this.view.composer.focus();
    if (personId === null) this.people.element.querySelector(".person")?.focus();
  }

  #show(personId) {
    this.view?.close();
    this.personId = personId;
    document.body.classList.toggle("in-chat", personId !== null);
    document.body.classList.remove("clock-open");
    if (personId === null) {
      this.view = null;
      this.conversation.replaceChildren(h("p", { class: "nothing" }, this.language.t("chooseChat", { bot: this.store.bot.first_name })));
    } else this.view = new ChatView(this.conversation, this, personId);
    this.people.schedule();
  }

  switchLanguage() {
    this.language.switch();
    this.#label();
    this.topbar.render();
    this.developer.render();
    this.#show(this.personId);
  }

  /** Called as the clock ticks. */
  dayMayHaveChanged() {
    const day = dayKey(this.store.clock.now());
    if (day === this.#day) return;
    this.#day = day;
    this.view?.renameDays();
    this.people.schedule();
  }

  /** Does something that the server or the network may refuse, and says so when it does. */
  async attempt(action, otherwise = () => {}) {
    try {
      await action();
    } catch (error) {
      otherwise();
      if (error instanceof Refused || error instanceof TypeError) toast(this.language.t("failed", { why: error.message }), { class: "toast error" });
      if (!(error instanceof Refused)) console.error(error);
    }
  }
}

const app = new App();
void app.store.open();
