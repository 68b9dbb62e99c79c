// A bot as grammY's documentation shows one: commands, keyboards, edits, files, groups, inline; `polling` or `webhook`.
// It knows nothing of the server but its address.
import { createServer } from "node:http";
import { Bot, InlineKeyboard, InputFile, Keyboard, webhookCallback } from "grammy";

const [address, token, way] = process.argv.slice(2);
const bot = new Bot(token, { client: { apiRoot: address } });

bot.command("start", (ctx) =>
  ctx.reply("<b>Hej</b>", { parse_mode: "HTML", reply_markup: new InlineKeyboard().text("Boka", "boka") }));
bot.callbackQuery("boka", async (ctx) => {
  await ctx.editMessageText("Bokat");
  await ctx.answerCallbackQuery({ text: "Klart" });
});
bot.command("fil", (ctx) =>
  ctx.replyWithDocument(new InputFile(Buffer.from("BEGIN"), "tider för året.ics"), { caption: "Dina tider" }));
bot.command("val", (ctx) => ctx.reply("Vilken?", { reply_markup: new Keyboard([["A"]]) }));
bot.on("message:document", async (ctx) => {
  const file = await ctx.getFile();
  const content = await (await fetch(`${address}/file/bot${token}/${file.file_path}`)).text();
  await ctx.reply(`${ctx.message.document.file_name}: ${content}`, {
    reply_parameters: { message_id: ctx.message.message_id },
  });
});
bot.on("my_chat_member", async (ctx) => {
  if (ctx.chat.type === "group") await ctx.reply(`Hej ${ctx.chat.title}`);
});
bot.on("inline_query", (ctx) =>
  ctx.answerInlineQuery([{
    type: "article", id: "1", title: ctx.inlineQuery.query,
    input_message_content: { message_text: ctx.inlineQuery.query },
  }]));
bot.catch((error) => console.error(error));

if (way === "polling") {
  await bot.start();
} else {
  const server = createServer(webhookCallback(bot, "http", { secretToken: "hemligt" }));
  server.listen(0, "127.0.0.1", () =>
    bot.api.setWebhook(`http://127.0.0.1:${server.address().port}/hook`, { secret_token: "hemligt" }));
}
