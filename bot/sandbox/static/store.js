import { api, Events } from "./api.js";
import { Clock } from "./clock.js";
import { History } from "./history.js";

const CALLS_KEPT = 300;

/**
 * What the page knows, kept up by events. Dispatches `state` (everything anew), `people`, `history` ({chatId, change,
 * message}), `typing`, `answered`, `clock`, `calls`, `connection`, `walks`; the page's parts tell of `acted`
 * ({personId, kind, what}) and `view` by it.
 */
export class Store extends EventTarget {
  bot = { id: 0, first_name: "", username: "" };
  people = new Map();
  chats = new Map();
  histories = new Map();
  clock = new Clock();
  limits = {};
  calls = [];
  walks = [];
  methods = { served: [], not_served: [], refused_parameters: [], ignored_parameters: [] };
  answers = new Map();
  connected = true;

  constructor() {
    super();
    this.events = new Events({
      state: (state) => this.#begin(state),
      event: (kind, data) => this.#event(kind, data),
      connected: (connected) => {
        if (connected !== this.connected) {
          this.connected = connected;
          this.tell("connection");
        }
      },
    });
  }

  open() {
    return this.events.open();
  }

  tell(kind, detail = {}) {
    this.dispatchEvent(new CustomEvent(kind, { detail }));
  }

  on(kind, listener, signal) {
    this.addEventListener(kind, (event) => listener(event.detail), { signal });
  }

  history(chatId) {
    if (!this.histories.has(chatId)) this.histories.set(chatId, new History(chatId));
    return this.histories.get(chatId);
  }

  /** The person's own chat with the bot, also before it has begun. */
  chatOf(personId) {
    return this.chats.get(personId) ?? { id: personId, type: "private", unread: 0, last_message: null };
  }

  takePerson(person) {
    this.people.set(person.id, person);
    this.tell("people");
  }

  /** A new or edited message, from an event or as the answer to what was sent here; the same one may come by both ways. */
  takeMessage(message) {
    const chatId = message.chat.id;
    const chat = this.chatOf(chatId);
    const last = chat.last_message?.message_id ?? 0;
    if (message.message_id >= last) {
      const fresh = message.message_id > last;
      const unread_by = Object.fromEntries(Object.entries(chat.unread_by ?? { [chatId]: chat.unread }).map(([id, unread]) => [id, unread + (fresh && message.from?.id !== Number(id) ? 1 : 0)]));
      this.takeChat({ ...chat, unread: Math.max(0, ...Object.values(unread_by)), unread_by, last_message: message });
    }
    if (this.history(chatId).put(message)) this.tell("history", { chatId, change: "put", message });
  }

  /** How much of a chat a person has not seen. */
  unread(chatId, personId) {
    const chat = this.chatOf(chatId);
    return chat.unread_by?.[personId] ?? chat.unread;
  }

  /** How much of a chat nobody has seen: a group that was looked at as one of its members is no news any more. */
  unseen(chatId) {
    const { unread, unread_by: each = {} } = this.chatOf(chatId);
    return Object.keys(each).length > 0 ? Math.min(...Object.values(each)) : unread;
  }

  /** A person has seen everything in a chat. */
  markRead(chatId, personId) {
    const chat = this.chatOf(chatId);
    const unread_by = { ...chat.unread_by, [personId]: 0 };
    this.takeChat({ ...chat, unread_by, unread: Math.max(0, ...Object.values(unread_by)) });
  }

  takeChat(chat) {
    this.chats.set(chat.id, chat);
    this.tell("people");
  }

  async #deleted(chatId, ids) {
    for (const id of ids) {
      this.history(chatId).remove(id);
      this.tell("history", { chatId, change: "deleted", message: { message_id: id } });
    }
    if (!ids.includes(this.chatOf(chatId).last_message?.message_id)) return;
    const { messages } = await api.messages(chatId, { limit: 1 });
    this.takeChat({ ...this.chatOf(chatId), last_message: messages.at(-1) ?? null });
  }

  #begin(state) {
    this.bot = state.bot;
    this.people = new Map(state.people.map((person) => [person.id, person]));
    this.chats = new Map(state.chats.map((chat) => [chat.id, chat]));
    this.histories = new Map();
    this.calls = [];
    this.limits = state.limits;
    this.clock.take({ now: state.now, ...state.clock });
    this.tell("state");
    void this.#readWalks();
  }

  async #readWalks() {
    this.walks = await api.walks().then(({ walks }) => walks, () => []); // without them the page is whole all the same
    this.tell("walks");
  }

  #event(kind, data) {
    switch (kind) {
      case "message": case "edited": return this.takeMessage(data);
      case "deleted": return void this.#deleted(data.chat_id, data.message_ids);
      case "person": return this.takePerson(data);
      case "chat": return this.takeChat(data);
      case "clock": {
        this.clock.take(data);
        return this.tell("clock");
      }
      case "call": {
        this.calls.push(data);
        if (this.calls.length > CALLS_KEPT) this.calls.shift();
        return this.tell("calls", { call: data });
      }
      case "answered": {
        this.answers.set(data.callback_query_id, data);
        if (this.answers.size > CALLS_KEPT) this.answers.delete(this.answers.keys().next().value);
        return this.tell("answered", data);
      }
      default: return this.tell(kind, data);
    }
  }
}
