import { addPersonDialog, popupMenu } from "./dialogs.js";
import { avatar, fullName, h, icon, iconButton } from "./dom.js";
import { addGroupDialog } from "./groups.js";
import { summary } from "./message.js";
import { api } from "./api.js";

/** How much is unread, or nothing. */
export function unreadSign(count, language) {
  if (count === 0) return null;
  return h("span", { class: "unread" }, h("span", { "aria-hidden": "true" }, count > 999 ? "999+" : count), h("span", { class: "sr-only" }, language.t("unread", { n: count })));
}

/** The list at the left: who each person is, in words, what was said last, and how much is unread; groups below. */
export class PeopleList {
  constructor(element, app) {
    this.element = element;
    this.app = app;
    this.scheduled = false;
    for (const kind of ["people", "state", "walks"]) app.store.on(kind, () => this.schedule());
    element.addEventListener("keydown", (event) => this.#arrows(event));
  }

  /** Many events make one drawing. */
  schedule() {
    if (this.scheduled) return;
    this.scheduled = true;
    requestAnimationFrame(() => {
      this.scheduled = false;
      this.render();
    });
  }

  /** The button of a chat, or of the first one. */
  entry(chatId = null) {
    return this.element.querySelector(chatId === null ? ".person" : `.person[data-id="${chatId}"]`);
  }

  render() {
    const { store, language } = this.app;
    this.#frame();
    const focused = document.activeElement?.closest?.("[data-id]");
    const [id, beside] = this.element.contains(focused) ? [focused.dataset.id, focused.classList.contains("beside")] : [];
    const groups = [...store.chats.values()].filter(({ type }) => type !== "private");
    const list = (name, entries) => h("ul", { class: "person-list", "aria-label": language.t(name) }, entries);
    const scrolled = this.element.scrollTop;
    this.lists.replaceChildren(list("people", [...store.people.values()].map((person) => this.#person(person))),
      ...(groups.length > 0 ? [h("h2", {}, language.t("groups")), list("groups", groups.map((group) => this.#group(group)))] : []));
    this.element.scrollTop = scrolled;
    if (id) (this.element.querySelector(`${beside ? ".beside" : ".person"}[data-id="${id}"]`) ?? this.entry(id))?.focus({ preventScroll: true });
  }

  /** What stands above the lists; made anew only when its words change, so that whoever stands in it keeps the focus. */
  #frame() {
    const { store, language } = this.app;
    const words = JSON.stringify([language.code, store.bot.first_name, store.walks]);
    if (words === this.words) return;
    this.words = words;
    const addButton = iconButton("add", language.t("addSomething"), () => popupMenu(addButton, [
      [language.t("addPerson"), "person", () => void this.#add()], [language.t("addGroup"), "group", () => void this.#addGroup()],
    ]), { "aria-haspopup": "menu" });
    this.lists = h("div", { class: "person-lists" });
    this.element.replaceChildren(this.#introduction(), h("div", { class: "list-head" }, h("h2", {}, language.t("people")), addButton), this.lists);
  }

  #walk(walk) {
    this.intro.open = false;
    this.app.guide.begin(walk);
  }

  #introduction() {
    const { store, language } = this.app;
    this.intro ??= h("details", { class: "intro" });
    const bot = store.bot.first_name;
    const walks = store.walks.length > 0 && [h("h3", {}, language.t("walks")), h("ul", { class: "walks" }, store.walks.map((walk) => h("li", {},
      h("button", { type: "button", class: "walk", "data-walk": walk.id, on: { click: () => this.#walk(walk) } },
        icon("walk"), h("span", {}, h("b", {}, language.of(walk.title)), h("span", {}, language.of(walk.about)))))))];
    this.intro.replaceChildren(h("summary", {}, language.t("introTitle"), icon("down")),
      h("div", {}, h("p", {}, language.t("intro1", { bot })), walks, ["intro2", "intro3"].map((key) => h("p", {}, language.t(key)))));
    return this.intro;
  }

  #person(person) {
    const { store, language } = this.app;
    const state = person.deactivated ? "deactivated" : person.blocked ? "blocked" : null;
    const about = [language.of(person.note), person.language_code && person.language_code !== "sv" && language.t("telegramIn", { language: language.languageName(person.language_code) })];
    return this.#entry(store.chatOf(person.id), person.id, fullName(person), about.filter(Boolean).join(" · "), state ? h("span", { class: "person-state" }, icon("blocked"), language.t(state)) : null, person.started ? "emptyChat" : "notStarted");
  }

  #group(group) {
    const { store, language } = this.app;
    const members = (group.person_ids ?? []).map((id) => store.people.get(id)).filter(Boolean);
    if (members.length === 0) return h("li", { class: "person alone" }, avatar(group.id, group.title), h("span", { class: "person-text" }, h("b", {}, group.title), h("span", { class: "person-last" }, language.t("emptyGroup"))));
    return this.#entry(group, members[0].id, group.title, members.map(fullName).join(", "), null);
  }

  #entry(chat, personId, name, about, state, nothing = "emptyChat") {
    const { app, app: { store, language } } = this;
    const last = chat.last_message;
    const shown = app.isShown(chat.id);
    const besides = app.places.length > 0 && !shown;
    return h("li", { class: "person-item" },
      h("button", { type: "button", class: "person", "data-id": String(chat.id), "aria-current": shown ? "true" : null, on: { click: () => app.choose(personId, chat.id) } },
        avatar(chat.id, name),
        h("span", { class: "person-text" },
          h("span", { class: "person-top" }, h("b", {}, name), last && h("time", {}, language.brief(new Date(last.date * 1000), store.clock.now()))),
          about && h("span", { class: "person-note" }, about),
          h("span", { class: "person-last" },
            state ?? h("span", { class: "last-text" }, last ? [this.#speaker(last), summary(last, language).slice(0, 120)] : language.t(nothing)),
            unreadSign(store.unseen(chat.id), language)))),
      besides && iconButton("beside", language.t("openBeside", { name }), () => app.beside(personId, chat.id), { class: "icon-button beside", "data-id": String(chat.id) }));
  }

  #speaker(message) {
    if (message.chat.type !== "private") return message.from && !message.from.is_bot && h("i", {}, `${fullName(message.from)}: `);
    return message.out && h("i", {}, `${this.app.language.t("you")}: `);
  }

  #arrows(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const entries = [...this.element.querySelectorAll("button.person")];
    const at = entries.indexOf(document.activeElement);
    if (!step || at < 0) return;
    event.preventDefault();
    entries[Math.max(0, Math.min(entries.length - 1, at + step))].focus();
  }

  async #add() {
    const person = await addPersonDialog(this.app.language);
    if (!person) return;
    await this.app.attempt(async () => {
      const made = await api.addPerson(person);
      this.app.store.takePerson(made);
      this.app.choose(made.id);
    });
  }

  async #addGroup() {
    const group = await addGroupDialog(this.app);
    if (!group) return;
    await this.app.attempt(async () => {
      const made = await api.addGroup(group);
      this.app.store.takeChat(made);
      this.app.choose(group.person_id, made.id);
    });
  }
}
