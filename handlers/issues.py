"""/fragor: the issues, one issue, who follows it, and how coordinators keep the list."""

from telegram import Update

from bot.context import BotContext
from bot.domain.model import Issue
from bot.services import editing, issue_keeping, issues
from bot.views import issue_buttons as buttons
from bot.views import issues as views
from bot.views import sheets
from handlers.routes import Routes


async def begin(_update: Update, context: BotContext) -> None:
    """The issues in force."""
    context.show(views.listed(await issues.list_issues(context.work, await context.seat(), now=context.now)))


async def list_page(_update: Update, context: BotContext) -> None:
    """A page of them, or of the others."""
    pick = buttons.ListIssues.parse(context.text)
    seat = await context.seat()
    found = await issues.list_issues(context.work, seat, pick.page, rest=bool(pick.rest), now=context.now)
    context.show(views.listed(found))


async def present(context: BotContext, issue_id: int) -> None:
    """An issue as it is now."""
    context.show(views.card(await issues.show(context.work, await context.seat(), issue_id, now=context.now)))


async def show(_update: Update, context: BotContext) -> None:
    """One issue."""
    await present(context, buttons.ShowIssue.parse(context.text).issue_id)


async def follow(_update: Update, context: BotContext) -> None:
    """Follow it, or no longer."""
    pick = buttons.FollowIssue.parse(context.text)
    seat = await context.seat()
    context.show(views.card(await issues.follow(context.work, seat, pick.issue_id, on=bool(pick.on), now=context.now)))


async def activities(_update: Update, context: BotContext) -> None:
    """The activities that name it."""
    pick = buttons.IssueActivities.parse(context.text)
    context.show(views.activities(await issues.activities(context.work, pick.issue_id, pick.page, now=context.now)))


# Keeping the list


async def keep(_update: Update, context: BotContext) -> None:
    """What can be done with an issue."""
    pick = buttons.KeepIssue.parse(context.text)
    await _show_keeping(context, pick.issue_id)


async def _show_keeping(context: BotContext, issue_id: int) -> None:
    kept = await issue_keeping.open_issue(context.work, await context.seat(), issue_id, now=context.now)
    context.show(views.keeping(kept))


async def new(_update: Update, context: BotContext) -> None:
    """Ask for a new issue's title."""
    buttons.NewIssue.parse(context.text)
    await issue_keeping.ask_title(context.work, await context.seat(), now=context.now)
    context.show(views.ask_title())


async def written(_update: Update, context: BotContext) -> None:
    """A new issue's title, or a new group's name."""
    assert context.draft is not None  # noqa: S101  # texts come here by their draft
    made = await issue_keeping.take(context.work, context.person, context.draft, context.text, now=context.now)
    if isinstance(made, Issue):
        context.show(sheets.sheet(await editing.open_sheet(context.work, context.person, "issue", made.id)))
    else:
        context.show(views.groups(made))


async def archive(_update: Update, context: BotContext) -> None:
    """Put it away, or take it back."""
    pick = buttons.ArchiveIssue.parse(context.text)
    await issue_keeping.archive(
        context.work, context.person, pick.issue_id, pick.revision, on=bool(pick.on), now=context.now
    )
    await _show_keeping(context, pick.issue_id)


async def move(_update: Update, context: BotContext) -> None:
    """Up or down in the list."""
    pick = buttons.MoveIssue.parse(context.text)
    await issue_keeping.move(context.work, context.person, pick.issue_id, up=bool(pick.on), now=context.now)
    await begin(_update, context)


# Target groups


async def group_arenas(_update: Update, context: BotContext) -> None:
    """Of which arena."""
    buttons.GroupArenas.parse(context.text)
    context.show(views.arenas(await issue_keeping.list_arenas(context.work, context.person)))


async def groups(_update: Update, context: BotContext) -> None:
    """An arena's target groups."""
    pick = buttons.TargetGroups.parse(context.text)
    await issues.leave(context.work, context.person, context.chat_id, now=context.now)
    context.show(views.groups(await issue_keeping.list_groups(context.work, context.person, pick.arena_id)))


async def new_group(_update: Update, context: BotContext) -> None:
    """Ask for a new group's name."""
    pick = buttons.NewGroup.parse(context.text)
    seat = await context.seat()
    context.show(views.ask_group(await issue_keeping.ask_group(context.work, seat, pick.arena_id, now=context.now)))


async def archive_group(_update: Update, context: BotContext) -> None:
    """Put a group away, or take it back."""
    pick = buttons.ArchiveGroup.parse(context.text)
    kept = await issue_keeping.archive_group(
        context.work, context.person, pick.group_id, on=bool(pick.on), now=context.now
    )
    context.show(views.groups(kept))


ROUTES = Routes(
    presses={
        buttons.ListIssues: list_page,
        buttons.ShowIssue: show,
        buttons.FollowIssue: follow,
        buttons.IssueActivities: activities,
        buttons.KeepIssue: keep,
        buttons.NewIssue: new,
        buttons.ArchiveIssue: archive,
        buttons.MoveIssue: move,
        buttons.GroupArenas: group_arenas,
        buttons.TargetGroups: groups,
        buttons.NewGroup: new_group,
        buttons.ArchiveGroup: archive_group,
    },
    texts={issues.ISSUE_KIND: written},
    present={"issues": present},
)
