import { api } from "./api.js";

const PAGE = 50;
const KEPT_WHEN_CLOSED = 200;

/** One chat's messages, oldest first, without gaps: from the oldest page that was asked for up to the newest there is. */
export class History {
  messages = [];
  loaded = false;
  complete = false;
  #loading = null;
  #meanwhile = new Map(); // what events said while a page was on its way: they are newer than the page

  constructor(chatId) {
    this.chatId = chatId;
  }

  #position(id) {
    let [low, high] = [0, this.messages.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.messages[middle].message_id < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  find(id) {
    const message = this.messages[this.#position(id)];
    return message?.message_id === id ? message : null;
  }

  get newest() {
    return this.messages.at(-1) ?? null;
  }

  /** The messages just before and just after an id, which need not be there itself. */
  before(id) {
    return this.messages[this.#position(id) - 1] ?? null;
  }

  after(id) {
    return this.messages[this.#position(id + 1)] ?? null;
  }

  /** Takes a new or edited message; false when it belongs to a page that has not been read. */
  put(message) {
    if (this.#loading) this.#meanwhile.set(message.message_id, message);
    if (!this.loaded) return false;
    const at = this.#position(message.message_id);
    const known = this.messages[at]?.message_id === message.message_id;
    if (!known && at === 0 && !this.complete) return false;
    this.messages.splice(at, known ? 1 : 0, message);
    return true;
  }

  remove(id) {
    if (this.#loading) this.#meanwhile.set(id, null);
    const at = this.#position(id);
    if (this.messages[at]?.message_id === id) this.messages.splice(at, 1);
  }

  /** Lets go of old pages; they are read again when they are scrolled to. */
  trim() {
    if (this.#loading || this.messages.length <= KEPT_WHEN_CLOSED) return;
    this.messages = this.messages.slice(-KEPT_WHEN_CLOSED);
    this.complete = false;
  }

  /** Reads the next older page (first: the newest) and gives its messages. */
  older(limit = PAGE) {
    this.#loading ??= this.#page(limit).finally(() => {
      this.#loading = null;
      this.#meanwhile.clear();
    });
    return this.#loading;
  }

  async #page(limit) {
    if (this.complete) return [];
    const { messages } = await api.messages(this.chatId, { before: this.messages[0]?.message_id, limit });
    const page = new Map(messages.map((message) => [message.message_id, message]));
    for (const [id, message] of this.#meanwhile) {
      if (page.has(id) && message === null) page.delete(id);
      else if (page.has(id) || (!this.loaded && message !== null)) page.set(id, message);
    }
    const fresh = [...page.values()].sort((one, other) => one.message_id - other.message_id);
    this.complete = messages.length < limit;
    this.messages = [...fresh, ...this.messages];
    this.loaded = true;
    return fresh;
  }
}
