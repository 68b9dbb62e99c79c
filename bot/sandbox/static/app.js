import { Refused } from "./api.js";
import { ChatView } from "./chat.js";
import { DeveloperPanel } from "./developer.js";
import { toast } from "./dialogs.js";
import { h } from "./dom.js";
import { Guide } from "./guide.js";
import { dayKey, Language } from "./i18n.js";
import { PeopleList, unreadSign } from "./people.js";
import { Store } from "./store.js";
import { TopBar } from "./topbar.js";

const MOST_PANES = 2;
const PLACE = /^(\d+)(?:@(-\d+))?$/;

const same = (one, other) => one.personId === other.personId && one.chatId === other.chatId;
const address = (places) => `#${places.map(({ personId, chatId }) => `/${personId}${personId === chatId ? "" : `@${chatId}`}`).join("")}`;

/**
 * The page: whose chats are shown, in which language; the parts draw themselves. One chat or two are open; where there
 * is room for one only, the active one is seen and tabs lead to the other.
 */
class App {
  language = new Language();
  store = new Store();
  drafts = new Map();
  #panes = []; // {place: {personId, chatId}, element, view}
  #active = 0;
  #day = null;

  constructor() {
    const part = (id) => document.getElementById(id);
    this.conversation = part("conversation");
    this.tabs = h("div", { class: "pane-tabs", hidden: true });
    this.frame = h("div", { class: "panes" });
    this.conversation.replaceChildren(this.tabs, this.frame);
    this.developer = new DeveloperPanel(part("developer"), this);
    this.topbar = new TopBar(part("topbar"), this);
    this.people = new PeopleList(part("people"), this);
    this.guide = new Guide(part("guide"), this);
    this.store.on("state", () => this.#begin());
    this.store.on("people", () => this.#drawTabs());
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
    this.#anew(this.#addressed());
  }

  /** What the address says: `#/1002/1004` is two people's chats, `#/1002@-100500` a group as one of its members sees it. */
  #addressed() {
    const { people, chats } = this.store;
    return location.hash.split("/").map((part) => PLACE.exec(part)).filter(Boolean)
      .map(([, personId, chatId]) => ({ personId: Number(personId), chatId: Number(chatId ?? personId) }))
      .filter(({ personId, chatId }) => people.has(personId) && (personId === chatId || chats.has(chatId)))
      .slice(0, MOST_PANES);
  }

  #follow() {
    const places = this.#addressed();
    if (address(places) !== address(this.places)) this.#show(places);
  }

  get places() {
    return this.#panes.map(({ place }) => place);
  }

  /** The chat that was used last, or null. */
  get view() {
    return this.#panes[this.#active]?.view ?? null;
  }

  /** The open chat of a person's, or null. */
  viewOf(personId) {
    return this.#panes.find(({ place }) => place.personId === personId && place.chatId === personId)?.view ?? null;
  }

  isShown(chatId) {
    return this.places.some((place) => place.chatId === chatId);
  }

  /** Shows a chat in place of the active one. The address remembers it, so that the phone's back button works. */
  choose(personId, chatId = personId) {
    const { places } = this;
    const open = places.findIndex((place) => place.chatId === chatId);
    if (open >= 0) this.#active = open;
    places[this.#active] = { personId, chatId };
    this.#go(places);
    return this.view;
  }

  /** Shows a chat beside the one that is there; where two are open, in place of the one that is not active. */
  beside(personId, chatId = personId) {
    const { places } = this;
    this.#active = places.length < MOST_PANES ? places.length : 1 - this.#active;
    places[this.#active] = { personId, chatId };
    this.#go(places);
  }

  /** Shows these people's own chats and no others; the first is active. */
  arrange(personIds) {
    this.#active = 0;
    this.#go(personIds.map((personId) => ({ personId, chatId: personId })));
  }

  /** Back to the list of people. */
  leave() {
    const [left] = this.places;
    this.#go([]);
    (this.people.entry(left?.chatId) ?? this.people.entry())?.focus();
  }

  /** Shows one chat less. */
  close(view) {
    this.#go(this.#panes.filter((pane) => pane.view !== view).map(({ place }) => place));
  }

  #go(places) {
    if (address(places) !== address(this.places)) {
      history.pushState(null, "", address(places));
      this.#show(places);
    } else this.activate(this.view);
    if (matchMedia("(pointer: fine)").matches) this.view?.composer.focus();
  }

  #anew(places) {
    for (const { view, element } of this.#panes.splice(0)) {
      view.close();
      element.remove();
    }
    this.#show(places);
  }

  /** Draws the chats that are to be there; those that are there already stay as they are. */
  #show(places) {
    const before = this.#panes;
    this.#panes = places.map((place) => before.find((pane) => same(pane.place, place)) ?? this.#pane(place));
    for (const { view, element } of before.filter((pane) => !this.#panes.includes(pane))) {
      view.close();
      element.remove();
    }
    this.frame.querySelector(":scope > .nothing")?.remove();
    this.#panes.forEach(({ element }, at) => {
      if (this.frame.children[at] !== element) this.frame.insertBefore(element, this.frame.children[at] ?? null);
    });
    if (places.length === 0) this.frame.append(h("p", { class: "nothing" }, this.language.t("chooseChat", { bot: this.store.bot.first_name })));
    document.body.classList.toggle("in-chat", places.length > 0);
    document.body.classList.toggle("side-by-side", places.length > 1);
    document.body.classList.remove("clock-open");
    this.#active = Math.max(0, Math.min(this.#active, places.length - 1));
    this.activate(this.view);
  }

  #pane(place) {
    const element = h("section", { class: "pane" });
    const view = new ChatView(element, this, place.personId, place.chatId);
    for (const kind of ["pointerdown", "focusin"]) element.addEventListener(kind, () => this.view !== view && this.activate(view));
    return { place, element, view };
  }

  /** Makes a chat the one that the list of people changes, and the one that a narrow screen shows. */
  activate(view) {
    this.#active = Math.max(0, this.#panes.findIndex((pane) => pane.view === view));
    this.#panes.forEach(({ element }, at) => element.classList.toggle("active", at === this.#active));
    this.#drawTabs();
    this.people.schedule();
    this.view?.seen();
    this.store.tell("view");
  }

  #drawTabs() {
    this.tabs.hidden = this.#panes.length < MOST_PANES;
    const focused = [...this.tabs.children].indexOf(document.activeElement);
    this.tabs.replaceChildren(...this.#panes.map(({ view, place }, at) =>
      h("button", { type: "button", class: "pane-tab", "aria-pressed": String(at === this.#active), on: { click: () => this.activate(view) } },
        h("span", {}, view.title), unreadSign(this.store.unseen(place.chatId), this.language))));
    this.tabs.children[focused]?.focus();
  }

  switchLanguage() {
    this.language.switch();
    this.#label();
    this.topbar.render();
    this.developer.render();
    this.guide.render();
    this.#anew(this.places);
  }

  /** Called as the clock ticks. */
  dayMayHaveChanged() {
    const day = dayKey(this.store.clock.now());
    if (day === this.#day) return;
    this.#day = day;
    for (const { view } of this.#panes) view.renameDays();
    this.people.schedule();
  }

  /** Does something that the server or the network may refuse, and says so when it does. */
  async attempt(action, otherwise = () => {}) {
    try {
      await action();
    } catch (error) {
      otherwise();
      if (error instanceof Refused) toast(this.language.t(error.status === 0 ? "noContact" : "failed", { why: error.message }), { class: "toast error" });
      else console.error(error);
    }
  }
}

void document.fonts.load("1em Signs", "✅"); // what is drawn before it is there would stay as it was
const app = new App();
void app.store.open();
