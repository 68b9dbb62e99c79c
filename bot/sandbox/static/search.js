import { api } from "./api.js";
import { h, iconButton } from "./dom.js";

const PAUSE_MS = 180;

/** Looks for words in one chat, the newest place first; Enter goes to the next older, Shift+Enter to the next newer. */
export class Search {
  #found = [];
  #at = -1;
  #asked = 0;

  constructor(view) {
    this.view = view;
    const { language } = view.app;
    this.box = h("input", { type: "search", "aria-label": language.t("searchChat"), placeholder: language.t("searchChat"), autocomplete: "off", spellcheck: "false",
      on: { input: () => this.#later(), keydown: (event) => this.#keys(event) } });
    this.count = h("span", { class: "search-count", role: "status" });
    this.older = iconButton("up", language.t("olderHit"), () => this.#step(1), { disabled: true });
    this.newer = iconButton("down", language.t("newerHit"), () => this.#step(-1), { disabled: true });
    this.element = h("div", { class: "search", role: "search", hidden: true }, this.box, this.count, this.older, this.newer,
      iconButton("close", language.t("close"), () => this.toggle()));
  }

  toggle() {
    this.element.hidden = !this.element.hidden;
    if (!this.element.hidden) return this.box.select() ?? this.box.focus();
    this.close();
    return this.view.composer.focus();
  }

  close() {
    clearTimeout(this.timer);
    this.#asked += 1;
    CSS.highlights?.delete("found");
  }

  #later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.view.app.attempt(() => this.#look()), PAUSE_MS);
  }

  async #look() {
    clearTimeout(this.timer);
    this.words = this.box.value.trim();
    const turn = (this.#asked += 1);
    const { message_ids: found } = await api.search(this.view.chatId, this.words);
    if (turn !== this.#asked) return;
    this.#found = found;
    this.#at = -1;
    await this.#step(1);
  }

  async #step(step) {
    const { language } = this.view.app;
    const next = Math.max(0, Math.min(this.#found.length - 1, this.#at + step));
    const moved = next !== this.#at && this.#found.length > 0;
    this.#at = this.#found.length > 0 ? next : -1;
    this.older.disabled = this.#at + 1 >= this.#found.length;
    this.newer.disabled = this.#at <= 0;
    this.count.textContent = !this.words ? "" : this.#found.length === 0 ? language.t("noHits") : language.t("hit", { n: this.#at + 1, all: this.#found.length });
    CSS.highlights?.delete("found");
    if (!moved) return;
    const row = await this.view.thread.jump(this.#found[this.#at], { focus: false });
    if (row) mark(row, this.words);
  }

  #keys(event) {
    if (event.key === "Escape") this.toggle();
    else if (event.key === "Enter" && this.box.value.trim() !== this.words) void this.view.app.attempt(() => this.#look());
    else if (event.key === "Enter") void this.#step(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/** Colours the words in a row without touching its elements. */
function mark(row, words) {
  if (!CSS.highlights) return;
  const wanted = words.toLowerCase();
  const ranges = [];
  const texts = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    const lower = text.data.toLowerCase();
    for (let at = lower.length === text.data.length ? lower.indexOf(wanted) : -1; at >= 0; at = lower.indexOf(wanted, at + wanted.length)) {
      const range = new Range();
      range.setStart(text, at);
      range.setEnd(text, at + wanted.length);
      ranges.push(range);
    }
  }
  CSS.highlights.set("found", new Highlight(...ranges));
}
