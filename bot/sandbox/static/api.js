/** The control interface of docs/sandbox.md, and its stream of events. */

/** What the server did not do; status 0 when it was not reached. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function call(method, path, body) {
  const options = { method, headers: {} };
  if (body instanceof FormData) options.body = body;
  else if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers["Content-Type"] = "application/json";
  }
  const response = await fetch(path, options).catch((error) => { throw new Refused(0, error.message); });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(response.status, answer.error ?? response.statusText);
  return answer;
}

const query = (parameters) => new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null)).toString();
const get = (path, parameters = {}) => call("GET", `${path}?${query(parameters)}`);
const post = (path, body = {}) => call("POST", path, body);

export const api = {
  state: () => get("/control/state"),
  messages: (chatId, page) => get(`/control/chats/${chatId}/messages`, page),
  media: (chatId, message) => `/control/chats/${chatId}/messages/${message.message_id}/media?v=${message.edit_date ?? 0}`,
  commands: (chatId, personId) => get(`/control/chats/${chatId}/commands`, { person_id: chatId === personId ? null : personId }),
  search: (chatId, text) => get(`/control/chats/${chatId}/search`, { text }),
  walks: () => get("/control/walks"),
  calls: (page) => get("/control/calls", page),
  callsAbout: (chatId, messageId) => get(`/control/chats/${chatId}/messages/${messageId}/calls`),
  methods: () => get("/control/methods"),
  faults: () => get("/control/faults"),
  addFault: (fault) => post("/control/faults", fault),
  forgetFaults: () => call("DELETE", "/control/faults"),
  addGroup: (group) => post("/control/groups", group),
  group: (id) => get(`/control/groups/${id}`),
  setMember: (id, member) => post(`/control/groups/${id}/members`, member),
  inline: (id, asked) => post(`/control/people/${id}/inline`, asked),
  chooseInline: (id, chosen) => post(`/control/people/${id}/choose`, chosen),
  addPerson: (person) => post("/control/people", person),
  changePerson: (id, changes) => call("PATCH", `/control/people/${id}`, changes),
  start: (id, payload) => post(`/control/people/${id}/start`, payload ? { payload } : {}),
  send: (id, message) => post(`/control/people/${id}/send`, message),
  upload: (id, form) => post(`/control/people/${id}/upload`, form),
  location: (id, place) => post(`/control/people/${id}/location`, place),
  contact: (id, contact) => post(`/control/people/${id}/contact`, contact),
  edit: (id, edit) => post(`/control/people/${id}/edit`, edit),
  press: (id, press) => post(`/control/people/${id}/press`, press),
  read: (id, mark) => post(`/control/people/${id}/read`, mark),
  query: (id) => get(`/control/queries/${encodeURIComponent(id)}`),
  clock: () => get("/control/clock"),
  moveClock: (move) => post("/control/clock/move", move),
  freeze: () => post("/control/clock/freeze"),
  run: () => post("/control/clock/run"),
  limits: (limits) => post("/control/limits", limits),
};

const KINDS = ["message", "edited", "deleted", "answered", "typing", "person", "chat", "clock", "call", "reset"];
const PATIENCE_MS = [300, 600, 1200, 2500, 5000];

/**
 * Events in order, each once, through lost connections and restarts. After a loss the state is asked for first: an
 * `event_id` lower than the last one seen means that the server began anew, and everything is read again.
 */
export class Events {
  #source = null;
  #last = 0;
  #failures = 0;
  #handlers;

  /** `handlers`: event(kind, data), state(state) when all must be shown anew, connected(boolean). */
  constructor(handlers) {
    this.#handlers = handlers;
  }

  async open() {
    let state;
    try {
      state = await api.state();
    } catch {
      this.#later();
      return;
    }
    if (this.#source === null && (this.#last === 0 || state.event_id < this.#last)) this.#begin(state);
    this.#listen();
  }

  #begin(state) {
    this.#last = state.event_id;
    this.#handlers.state(state);
  }

  #listen() {
    const source = new EventSource(`/control/events?after=${this.#last}`);
    this.#source = source;
    source.addEventListener("open", () => {
      this.#failures = 0;
      this.#handlers.connected(true);
    });
    source.addEventListener("error", () => {
      source.close();
      this.#source = null;
      this.#later();
    });
    for (const kind of KINDS) source.addEventListener(kind, (event) => this.#take(kind, event));
  }

  #take(kind, event) {
    const id = Number(event.lastEventId);
    if (kind === "reset") {
      this.#source?.close();
      this.#source = null;
      this.#last = 0;
      void this.open();
      return;
    }
    if (id) {
      if (id <= this.#last) return;
      this.#last = id;
    }
    this.#handlers.event(kind, JSON.parse(event.data));
  }

  #later() {
    this.#handlers.connected(false);
    const wait = PATIENCE_MS[Math.min(this.#failures, PATIENCE_MS.length - 1)];
    this.#failures += 1;
    setTimeout(() => void this.open(), wait);
  }
}
