import { api } from "./api.js";
import { dialog, formDialog } from "./dialogs.js";
import { fullName, h, iconButton } from "./dom.js";

const STATUSES = ["administrator", "member", "left", "kicked"];

/** A new group: resolves with what the server wants to know of it. */
export function addGroupDialog({ language, store }) {
  const t = (key) => language.t(key);
  const people = [...store.people.values()];
  const founder = h("select", { name: "person_id", on: { change: () => showOthers() } }, people.map((person) => h("option", { value: String(person.id) }, fullName(person))));
  const check = (name, value, label, checked = false) => h("label", { class: "check" }, h("input", { type: "checkbox", name, value, set: { checked } }), label);
  const others = people.map((person) => check("members", String(person.id), fullName(person)));
  const showOthers = () => others.forEach((label, at) => { label.hidden = founder.value === String(people[at].id); });
  showOthers();
  return formDialog(language, t("addGroup"), [
    h("label", { class: "field" }, h("span", {}, t("groupTitle")), h("input", { name: "title", required: true, maxlength: "128", autofocus: true, autocomplete: "off" })),
    h("label", { class: "field" }, h("span", {}, t("founder")), founder),
    h("fieldset", { class: "checks" }, h("legend", {}, t("members")), others),
    h("div", {}, check("supergroup", "1", t("supergroup"), true), check("bot", "1", t("botIsIn"), true)),
  ], t("add"), (data) => ({
    title: data.get("title").trim(),
    person_id: Number(data.get("person_id")),
    members: data.getAll("members").map(Number).filter((id) => id !== Number(data.get("person_id"))),
    type: data.has("supergroup") ? "supergroup" : "group",
    bot: data.has("bot"),
  }));
}

/** Who is in a group and as what; changes are made at once. */
export async function groupDialog(app, groupId) {
  const { language, store } = app;
  let group = null;
  await app.attempt(async () => { group = await api.group(groupId); });
  if (!group) return;
  const list = h("ul", { class: "members" });
  const change = (userId, status) => app.attempt(async () => {
    await api.setMember(groupId, { user_id: userId, status });
    show(await api.group(groupId));
  });
  const line = (user, status) => h("li", {}, h("span", {}, fullName(user)), status === "creator" ? h("span", { class: "about" }, language.t("status_creator"))
    : h("select", { "aria-label": fullName(user), on: { change: (event) => void change(user.id, event.target.value) } },
      [...new Set([status, ...STATUSES])].map((one) => h("option", { value: one, selected: one === status }, one === "left" && status === "left" ? language.t("notMember") : language.t(`status_${one}`)))));
  const show = ({ members }) => {
    const known = new Set(members.map(({ user }) => user.id));
    const others = [store.bot, ...store.people.values()].filter(({ id }) => !known.has(id));
    list.replaceChildren(...members.map(({ user, status }) => line(user, status)), ...others.map((user) => line(user, "left")));
  };
  show(group);
  await dialog(group.title, (close) => h("div", { class: "form" }, h("div", { class: "panel-head" }, h("h2", {}, group.title), iconButton("close", language.t("close"), () => close(), { autofocus: true })), list));
}

/** As whom one writes in a group: a line above the box. */
export class Writer {
  constructor(view) {
    this.view = view;
    this.element = h("label", { class: "writer", hidden: !view.isGroup });
  }

  refresh() {
    const { app, personId, chatId, isGroup } = this.view;
    const members = isGroup ? this.view.members() : [];
    const shown = JSON.stringify(members.map((member) => [member.id, fullName(member)]));
    if (shown === this.shown) return; // whoever is choosing goes on
    this.shown = shown;
    const choose = (event) => app.choose(Number(event.target.value), chatId);
    this.element.replaceChildren(app.language.t("writeAs"), h("select", { on: { change: choose } },
      members.map((member) => h("option", { value: String(member.id), selected: member.id === personId }, fullName(member)))));
  }
}
