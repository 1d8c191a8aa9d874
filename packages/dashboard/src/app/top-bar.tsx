import { t } from '../messages/catalogue.ts';
import { Icon } from '../ui/icons.tsx';
import { late } from '../ui/late.tsx';
import { livePageOf } from './sections.ts';
import { useMe } from './session.ts';
import { isMac } from './shortcuts.ts';
import { SiteSwitcher } from './site-switcher.tsx';
import { UserMenu } from './user-menu.tsx';

/** Nobody waits for it: whoever is alone has none. */
const ColleaguesOnline = late(() => import('./colleagues-online.tsx').then((module) => module.ColleaguesOnline), { failed: () => null });

/** Where one is, who else is here, and the way to everywhere. */
export function TopBar({
  path,
  onPalette,
  onNearPalette,
  onHelp,
  onSignOut,
}: {
  readonly path: string;
  readonly onPalette: () => void;
  /** The pointer or the focus is on its button: time to load it. */
  readonly onNearPalette: () => void;
  readonly onHelp: () => void;
  readonly onSignOut: () => void;
}) {
  const me = useMe();
  const livePage = livePageOf(path);
  return (
    <header className="topbar">
      <span className="workspace">
        <span className="workspace-mark" aria-hidden="true">
          {me.workspace.name.slice(0, 1).toUpperCase()}
        </span>
        <span className="workspace-name truncate">{me.workspace.name}</span>
      </span>
      {livePage && me.workspace.trackingInPlan && me.sites.length > 0 && (
        <>
          <span className="slash" aria-hidden="true">
            /
          </span>
          <SiteSwitcher sites={me.sites} page={livePage} />
        </>
      )}
      <span className="spacer" />
      <ColleaguesOnline />
      <button
        className="jump"
        type="button"
        aria-label={t.shell.search}
        aria-haspopup="dialog"
        aria-keyshortcuts="Meta+K Control+K"
        data-testid="open-palette"
        onClick={onPalette}
        onPointerEnter={onNearPalette}
        onFocus={onNearPalette}
      >
        <Icon name="search" />
        <span>{t.shell.search}</span>
        <span className="spacer" />
        <kbd>{isMac() ? t.shell.caps.paletteMac : t.shell.caps.palette}</kbd>
      </button>
      <UserMenu onShortcuts={onHelp} onSignOut={onSignOut} />
    </header>
  );
}
