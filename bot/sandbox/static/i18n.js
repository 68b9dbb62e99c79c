/** The page's own words, and how it writes days and times (always Europe/Stockholm). */

const ZONE = "Europe/Stockholm";

const TEXTS = {
  skip: ["Till samtalet", "To the conversation"],
  people: ["Personer", "People"],
  chooseChat: ["Välj en person till vänster för att se samtalet med {bot}.", "Choose a person on the left to see the chat with {bot}."],
  introTitle: ["Ny här? Börja här", "New here? Start here"], walks: ["Tre rundturer", "Three walks"],
  intro1: ["Det här ser ut som Telegram men finns bara på den här datorn. Personerna i listan är påhittade, boten {bot} är på riktigt.",
    "This looks like Telegram, but lives on this computer only. The people in the list are made up, the bot {bot} is real."],
  intro2: ["Eller se dig om själv: välj en person och skriv som hen. Inget lämnar datorn.",
    "Or look around by yourself: choose a person and write as them. Nothing leaves the computer."],
  intro3: ["Klockan överst går att flytta. Då händer allt som skulle ha hänt under tiden, i rätt ordning.",
    "The clock at the top can be moved. All that would have happened meanwhile then happens, in order."],
  guide: ["Rundtur", "Walk"], stepOf: ["steg {n} av {all}", "step {n} of {all}"], goOn: ["Vidare", "Go on"], finish: ["Klart", "Done"],
  guideLink: ["Öppna länken", "Open the link"], guideOpen: ["Öppna först {name}.", "First open {name}."], guideFocus: ["Gå dit", "Go there"],
  moveClockTo: ["Flytta till {time}", "Move to {time}"],
  skipStep: ["Hoppa över", "Skip"], leaveWalk: ["Avsluta rundturen", "Leave the walk"],
  groups: ["Grupper", "Groups"], group: ["Grupp", "Group"], emptyGroup: ["Ingen härifrån är med", "Nobody from here is in it"], writeAs: ["Skriv som", "Write as"],
  searchChat: ["Sök i samtalet", "Search in the chat"], olderHit: ["Äldre träff", "Older match"], newerHit: ["Nyare träff", "Newer match"],
  hit: ["{n} av {all}", "{n} of {all}"], noHits: ["Inget hittades", "Nothing found"],
  openBeside: ["Visa {name} bredvid", "Show {name} beside"], showBeside: ["Visa ett samtal bredvid …", "Show a chat beside …"], closeChat: ["Stäng samtalet med {name}", "Close the chat with {name}"],
  addPerson: ["Lägg till person", "Add a person"],
  firstName: ["Förnamn", "First name"], lastName: ["Efternamn", "Last name"], username: ["Användarnamn", "Username"],
  language: ["Språk i Telegram", "Language in Telegram"], note: ["Vem är det?", "Who is it?"],
  noteHint: ["Till exempel: ny kontaktperson", "For example: a new contact person"],
  optional: ["frivilligt", "optional"], none: ["Inget angivet", "Not given"],
  add: ["Lägg till", "Add"], cancel: ["Avbryt", "Cancel"], close: ["Stäng", "Close"], ok: ["OK", "OK"], back: ["Tillbaka till personerna", "Back to the people"],
  notStarted: ["Har inte startat boten", "Has not started the bot"],
  blocked: ["Har blockerat boten", "Has blocked the bot"], deactivated: ["Kontot är borttaget", "The account is deleted"],
  unread: ["{n} olästa", "{n} unread"], you: ["Du", "You"], telegramIn: ["på {language}", "in {language}"],
  block: ["Blockera boten", "Block the bot"], unblock: ["Sluta blockera", "Unblock"], openLink: ["Öppna en länk …", "Open a link …"],
  personMenu: ["Mer om samtalet", "More about the chat"],
  start: ["Starta", "Start"], startHint: ["{name} har inte pratat med {bot} än.", "{name} has not talked to {bot} yet."],
  haveLink: ["Jag har en inbjudningslänk", "I have an invitation link"], inviteFound: ["Det här är en länk till boten.", "This is a link to the bot."],
  linkTitle: ["Öppna länken", "Open the link"], linkLabel: ["Länk eller kod", "Link or code"], linkAs: ["Som vem?", "As whom?"],
  linkBad: ["Det är ingen länk till den här boten.", "That is no link to this bot."], open: ["Öppna", "Open"], copyLink: ["Kopiera länken", "Copy the link"],
  copied: ["Kopierat", "Copied"], copyFailed: ["Det gick inte att kopiera", "Could not copy"],
  message: ["Meddelande", "Message"], send: ["Skicka", "Send"], attach: ["Bifoga", "Attach"], commands: ["Kommandon", "Commands"],
  noCommands: ["Boten har inga kommandon här.", "The bot has no commands here."],
  replyKeyboard: ["Visa knapparna", "Show the buttons"], pictureOrFile: ["Bild eller fil", "Picture or file"], location: ["Plats", "Location"], contact: ["Telefonnummer", "Phone number"],
  latitude: ["Latitud", "Latitude"], longitude: ["Longitud", "Longitude"], phone: ["Telefonnummer", "Phone number"],
  sendFile: ["Skicka fil", "Send a file"], caption: ["Bildtext", "Caption"], sendAs: ["Skicka som", "Send as"],
  as_photo: ["Bild", "Picture"], as_document: ["Fil", "File"], as_voice: ["Röstmeddelande", "Voice message"], as_audio: ["Ljud", "Audio"], as_video: ["Video", "Video"],
  reply: ["Svara", "Reply"], edit: ["Redigera", "Edit"], copyText: ["Kopiera text", "Copy text"], messageMenu: ["Mer om meddelandet", "More about the message"],
  replyingTo: ["Svar till {name}", "Reply to {name}"], editing: ["Redigerar", "Editing"],
  edited: ["redigerad", "edited"], forwarded: ["Vidarebefordrat från {name}", "Forwarded from {name}"],
  typing: ["skriver …", "typing …"], uploading: ["skickar en fil …", "sending a file …"], bot: ["bot", "bot"],
  today: ["I dag", "Today"], yesterday: ["I går", "Yesterday"], newest: ["Till det senaste", "To the newest"],
  photo: ["Bild", "Picture"], document: ["Fil", "File"], voice: ["Röstmeddelande", "Voice message"], audio: ["Ljud", "Audio"], video: ["Video", "Video"],
  video_note: ["Videomeddelande", "Video message"], animation: ["Animation", "Animation"], sticker: ["Klistermärke", "Sticker"], venue: ["Plats", "Venue"],
  otherMessage: ["Ett meddelande som sidan inte kan visa", "A message that this page cannot show"],
  download: ["Ladda ner {name}", "Download {name}"], enlarge: ["Visa större: {name}", "Enlarge: {name}"], openMap: ["Visa på karta", "Show on a map"],
  pinned: ["Ett meddelande fästes", "A message was pinned"], joined: ["{name} gick med", "{name} joined"], left: ["{name} lämnade", "{name} left"],
  groupMade: ["Gruppen skapades", "The group was made"], upgraded: ["Gruppen blev en supergrupp", "The group became a supergroup"],
  showSpoiler: ["Visa dold text", "Show hidden text"], showPicture: ["Visa dold bild", "Show hidden picture"], loadingOlder: ["Hämtar äldre …", "Loading older …"], emptyChat: ["Inga meddelanden än.", "No messages yet."],
  cannotPress: ["Sidan kan inte visa det som knappen öppnar.", "This page cannot show what the button opens."],
  buttonGone: ["Knappen finns inte längre.", "That button is no longer there."],
  noContact: ["Ingen kontakt med servern.", "No contact with the server."],
  offline: ["Ingen kontakt med servern. Försöker igen …", "No contact with the server. Trying again …"], failed: ["Det gick inte: {why}", "That failed: {why}"],
  clock: ["Klockan", "The clock"], hour: ["+1 timme", "+1 hour"], day: ["+1 dag", "+1 day"], next: ["Till nästa händelse", "To the next event"],
  moving: ["Flyttar till {time}", "Moving to {time}"], nothingNext: ["Inget mer väntar på att hända.", "Nothing more is waiting to happen."],
  waitingFor: ["väntar på {what}", "waiting for {what}"], awaited_unhandled: ["uppdatering {update_id}", "update {update_id}"],
  awaited_unseen: ["att {agent} ser den nya tiden", "{agent} to see the new time"], awaited_busy: ["att {agent} blir klar", "{agent} to finish"],
  stopHere: ["Stanna här", "Stop here"], stopped: ["står stilla", "stopped"], clockControls: ["Flytta klockan", "Move the clock"],
  developer: ["För utvecklare", "For developers"], calls: ["Anrop", "Calls"], noCalls: ["Inga anrop än.", "No calls yet."],
  limits: ["Telegrams gränser för takt", "Telegram's rate limits"], strict: ["Neka okända parametrar", "Refuse unknown parameters"],
  unknown: ["okänd", "unknown"], unknownCount: ["{n} okända", "{n} unknown"], parameters: ["Parametrar", "Parameters"], answer: ["Svar", "Answer"],
  filter: ["Visa metoder", "Show methods"], filterHint: ["till exempel send", "for example send"], hidePolls: ["Dölj getUpdates", "Hide getUpdates"],
  showCalls: ["Visa anropen bakom", "Show the calls behind it"], allCalls: ["Visa alla anrop", "Show all calls"],
  faults: ["Fel på beställning", "Faults to order"], faultsAbout: ["Varje anrop gör slut på det första fel som passar.", "Each call uses up the first fault that fits it."],
  method: ["Metod (* är alla)", "Method (* is any)"], times: ["Antal anrop", "Number of calls"], whatHappens: ["Vad som händer", "What happens"], seconds: ["Sekunder", "Seconds"],
  fault_error: ["Serverfel (500)", "Server error (500)"], fault_refused: ["Nekas (400)", "Refused (400)"], fault_storm: ["För många anrop (429)", "Too many requests (429)"],
  fault_latency: ["Svaret dröjer", "The answer is late"], fault_lost: ["Utförs, men svaret försvinner", "Done, but the answer is lost"],
  fault_reset: ["Anslutningen bryts innan", "The connection breaks before"], fault_hang: ["Inget svar alls", "No answer at all"],
  addFault: ["Lägg till", "Add"], forgetFaults: ["Glöm dem", "Forget them"], timesLeft: ["{n} gånger till", "{n} more times"],
  notServed: ["Metoder som inte finns här ({n})", "Methods not served here ({n})"], isNotServed: ["finns inte här", "not served"],
  refusedParameters: ["Parametrar som nekas: {names}.", "Parameters that are refused: {names}."], ignoredParameters: ["Parametrar utan verkan: {names}.", "Parameters without effect: {names}."],
  askedInVain: ["Boten har bett om {n} av dem.", "The bot has asked for {n} of them."],
  addSomething: ["Lägg till", "Add"], addGroup: ["Ny grupp", "New group"], groupTitle: ["Gruppens namn", "The group's name"], founder: ["Vem skapar den?", "Who makes it?"],
  members: ["Medlemmar", "Members"], supergroup: ["Supergrupp", "Supergroup"], botIsIn: ["Boten är med", "The bot is in it"],
  status_creator: ["skapade gruppen", "made the group"], status_administrator: ["administratör", "administrator"], status_member: ["medlem", "member"],
  status_restricted: ["begränsad", "restricted"], status_left: ["har lämnat", "has left"], status_kicked: ["utesluten", "removed"], notMember: ["är inte med", "is not in it"],
  inlineNone: ["Boten hittade inget.", "The bot found nothing."], inlineMore: ["Visa fler", "Show more"], viaBot: ["via {name}", "via {name}"],
  freeze: ["Stoppa klockan", "Stop the clock"], run: ["Låt klockan gå", "Let the clock run"], moveTo: ["Flytta klockan till", "Move the clock to"], move: ["Flytta", "Move"],
  switchLanguage: ["English", "Svenska"], callFailed: ["fel", "error"],
};

export class Language {
  #formats = new Map(); // dear to make, and each message needs some

  constructor() {
    const kept = localStorage.getItem("language");
    this.code = ["sv", "en"].includes(kept) ? kept : navigator.languages.some((tag) => /^(sv|nb|nn|no|da)\b/i.test(tag)) ? "sv" : "en";
  }

  switch() {
    this.code = this.code === "sv" ? "en" : "sv";
    localStorage.setItem("language", this.code);
  }

  t(key, fields = {}) {
    const [swedish, english] = TEXTS[key];
    return (this.code === "sv" ? swedish : english).replace(/\{(\w+)\}/g, (_, name) => String(fields[name] ?? ""));
  }

  /** A text of the file of people: {sv, en}, or the same in both languages. */
  of(text) {
    return typeof text === "string" ? text : (text?.[this.code] ?? text?.sv ?? "");
  }

  #parts(date, options) {
    const locale = this.code === "sv" ? "sv-SE" : "en-GB";
    const key = `${locale} ${Object.entries(options)}`;
    const format = this.#formats.get(key) ?? new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options });
    this.#formats.set(key, format);
    return Object.fromEntries(format.formatToParts(date).map(({ type, value }) => [type, value.replace(/\.$/, "")]));
  }

  /** "13.00" in Swedish, "13:00" in English. */
  time(date) {
    const { hour, minute } = this.#parts(date, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    return this.code === "sv" ? `${hour}.${minute}` : `${hour}:${minute}`;
  }

  /** "tis 29 juni 2027". */
  date(date, { weekday = "short", year = true } = {}) {
    const parts = this.#parts(date, { weekday: weekday || undefined, day: "numeric", month: "long", year: "numeric" });
    return [parts.weekday, parts.day, parts.month, year && parts.year].filter(Boolean).join(" ");
  }

  /** A day as a heading: "I dag", "I går", else the weekday and date, with the year when it is another one. */
  day(date, now) {
    const key = dayKey(date);
    if (key === dayKey(now)) return this.t("today");
    if (key === dayKey(new Date(now.getTime() - 86_400_000))) return this.t("yesterday");
    const text = this.date(date, { weekday: "long", year: key.slice(0, 4) !== dayKey(now).slice(0, 4) });
    return text.charAt(0).toUpperCase() + text.slice(1);
  }

  /** For the list: the time today, else a short date. */
  brief(date, now) {
    if (dayKey(date) === dayKey(now)) return this.time(date);
    const { day, month } = this.#parts(date, { day: "numeric", month: "short" });
    return `${day} ${month}`;
  }

  languageName(code) {
    try {
      return new Intl.DisplayNames([this.code], { type: "language" }).of(code) ?? code;
    } catch (error) {
      if (error instanceof RangeError) return code; // not a language tag at all
      throw error;
    }
  }

  size(bytes) {
    if (bytes < 1000) return `${bytes} B`;
    const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, "kB"] : [bytes / 1_000_000, "MB"];
    return `${this.number(value)} ${unit}`;
  }

  /** What is below ten with one decimal. */
  number(value) {
    return new Intl.NumberFormat(this.code, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
  }
}

const DAY = new Intl.DateTimeFormat("en-CA", { timeZone: ZONE, year: "numeric", month: "2-digit", day: "2-digit" });

/** "2027-06-29" in Stockholm. */
export function dayKey(date) {
  return DAY.format(date);
}
