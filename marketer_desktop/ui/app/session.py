"""What the window does while the engine is there: bars, pages, tray, and how they hang together."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from marketer_desktop.services.live_runs import LiveRun
from marketer_desktop.services.pause_runs import GoOn, PauseRuns
from marketer_desktop.services.profile import ShowProfile
from marketer_desktop.ui.app.closing import Closing
from marketer_desktop.ui.app.limit_prompt import LimitPrompt
from marketer_desktop.ui.app.navigator import WindowNavigator
from marketer_desktop.ui.app.pages import load_pages, page_makers
from marketer_desktop.ui.app.plan_banner import PlanBanner
from marketer_desktop.ui.app.popovers import Popovers
from marketer_desktop.ui.app.run_notices import RunNotices
from marketer_desktop.ui.app.runs import RunsWatch
from marketer_desktop.ui.app.shortcut_binding import bind_shortcuts
from marketer_desktop.ui.app.tray_lending import TrayLending
from marketer_desktop.ui.app.unlocking import Unlocking
from marketer_desktop.ui.app.workspace import Workspace
from marketer_desktop.ui.bridge.context import PageContext
from marketer_desktop.ui.bridge.engine_bridge import EngineBridge
from marketer_desktop.ui.bridge.tasks import Tasks
from marketer_desktop.ui.pages.wizard.wizard import Wizard
from marketer_desktop.ui.shell.frame import Frame
from marketer_desktop.ui.shell.navigation import PageStack
from marketer_desktop.ui.shell.sidebar import Sidebar
from marketer_desktop.ui.shell.topbar import Topbar
from marketer_desktop.ui.shell.tray import Tray, tray_icons
from marketer_desktop.ui.shell.window import MainWindow
from marketer_desktop.ui.shell.window_store import WindowStore
from marketer_desktop.ui.theme import motion, type
from marketer_desktop.ui.theme.theme import current

LAST_SAVES_SECONDS = 5.0


class Session(QObject):
    """Made once, when the engine is first ready."""

    def __init__(
        self,
        window: MainWindow,
        store: WindowStore,
        engine: EngineBridge,
        end: Callable[[], None],
    ) -> None:
        super().__init__()
        self._window, self._store, self._engine = window, store, engine
        self._go: WindowNavigator
        self._tasks = Tasks(lambda message, details: self._go.show_error(message, details))
        self._go = WindowNavigator(window, engine, self._tasks)
        self._context = PageContext(engine, self._tasks, self._go)
        self._pages = PageStack(page_makers(self._context))
        self._wizard = Wizard(self._context)
        self._go.connect(self._pages, self._wizard.open)
        self._topbar, self._sidebar = Topbar(), Sidebar()
        self._frame = Frame(self._topbar, self._sidebar, self._pages)
        window.show_view(self._frame)
        self._runs = RunsWatch(engine, self._tasks)
        self._tray = Tray(*tray_icons(), self)
        self._closing = Closing(window, store, self._tray, self._runs, end)
        self._workspace = Workspace(self._context, self._topbar, self._sidebar)
        self._lending = TrayLending(self._context, self._tray)
        self._unlocking = Unlocking(self._context, self._tray)
        self._run_notices = RunNotices(self._context, self._runs, self._tray)
        self._popovers = Popovers(window, self._context, self._topbar, self.quit)
        self._plan_banner = PlanBanner(self._context)
        self._frame.add_notice(self._plan_banner)
        self._limits = LimitPrompt(self._context)
        self._connect()

    def begin(self) -> None:
        """Show the first page; after a change of engine, read everything anew."""
        self._window.show_view(self._frame)
        self._tray.show()
        self._workspace.read()
        self._popovers.read()
        self._plan_banner.read()
        self._runs.go_on_from_last_time()
        self._lending.read()
        self._unlocking.begin()
        if not self._pages.current_page:
            self._tasks.start("first page", self._show_first_page())

    def on_close_asked(self) -> None:
        """The window's own cross."""
        self._tasks.start("close", self._closing.on_close_asked())

    def quit(self) -> None:
        """End the app, wherever it was asked."""
        self._tasks.start("close", self._closing.quit())

    async def leave_runs(self) -> None:
        """Have the next start go on with what runs."""
        await self._runs.leave_for_next_start()

    async def close(self) -> None:
        """Let pages save what they hold, then stop all background work."""
        self._pages.leave_all()
        await self._tasks.finish(LAST_SAVES_SECONDS)
        self._tray.hide()
        await self._tasks.close()

    async def _show_first_page(self) -> None:
        profile = await self._engine.call(ShowProfile())
        welcomed = profile.preferences.get("welcome", {}).get("done", False)
        start_page = profile.preferences.get("start_page", "dashboard")
        self._go.to(start_page if welcomed else "welcome")
        await load_pages()

    def _connect(self) -> None:
        self._pages.shown_page.connect(self._sidebar.set_current)
        self._pages.shown_page.connect(self._plan_banner.on_page)
        self._sidebar.page_asked.connect(self._go.to)
        self._sidebar.run_asked.connect(self._show_run)
        self._sidebar.models_asked.connect(lambda: self._go.to("settings", section="models"))
        self._topbar.page_asked.connect(self._go.to)
        self._topbar.drawer_asked.connect(self._sidebar.open_drawer)
        self._topbar.quit_asked.connect(self.quit)
        self._runs.changed.connect(self._show_runs)
        self._tray.open_asked.connect(self._window.bring_up)
        self._tray.new_activity_asked.connect(self._new_activity)
        self._tray.run_asked.connect(self._show_run)
        self._tray.pause_asked.connect(self._pause)
        self._tray.lending_asked.connect(self._show_lending)
        self._tray.quit_asked.connect(self.quit)
        current().changed.connect(self._remember_look)
        bind_shortcuts(
            self._window, self._frame, self._context, self._popovers.open_palette, self.quit
        )

    def _show_runs(self, runs: list[LiveRun]) -> None:
        self._sidebar.set_runs(runs)
        self._tray.set_runs(runs)

    def _show_run(self, activity_id: int) -> None:
        self._window.bring_up()
        self._go.to("activity", activity_id=activity_id)

    def _show_lending(self) -> None:
        self._window.bring_up()
        self._go.to("settings", section="agent")

    def _new_activity(self) -> None:
        self._window.bring_up()
        self._go.new_activity()

    def _pause(self, paused: bool) -> None:
        self._tasks.start("pause", self._set_paused(paused))

    async def _set_paused(self, paused: bool) -> None:
        await self._engine.call(PauseRuns() if paused else GoOn())
        self._runs.read()

    def _remember_look(self) -> None:
        self._store.theme = current().mode
        self._store.text_size = round(type.scale() * 100)
        self._store.reduced_motion = motion.is_reduced()
