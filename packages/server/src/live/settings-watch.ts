import type { Consoles } from '../edge/console/consoles.ts';
import type { Greetings } from '../edge/visitor/greetings.ts';
import type { TabRegistry } from '../edge/visitor/tab-registry.ts';
import type { HistoryStore } from '../ports/history-store.ts';
import type { Directory } from '../team/directory.ts';
import type { LiveNode } from './node.ts';

interface Seen {
  tracking: boolean;
  timeZone: string;
  /** Sites and the settings that a running visit depends on. */
  sites: Map<string, string>;
  collecting: string;
}

/**
 * Makes changed settings act at once: tracking off ends running visits and silences tabs, on asks connected tabs for new ones; a site's changed
 * URL rules reach its tabs; a deleted site's sockets close; consoles read again what changed; days begin in the workspace's time zone.
 */
export class SettingsWatch {
  readonly #deps: {
    directory: Directory;
    live: LiveNode;
    tabs: TabRegistry;
    consoles: Consoles;
    greetings: Greetings;
    history: Pick<HistoryStore, 'setZone'>;
    onOutage: (cause: unknown) => void;
  };
  readonly #seen = new Map<string, Seen>();
  readonly #stop: () => void;

  constructor(deps: {
    directory: Directory;
    live: LiveNode;
    tabs: TabRegistry;
    consoles: Consoles;
    greetings: Greetings;
    history: Pick<HistoryStore, 'setZone'>;
    onOutage: (cause: unknown) => void;
  }) {
    this.#deps = deps;
    for (const { id } of deps.directory.workspaces()) {
      const seen = this.#look(id);
      this.#seen.set(id, seen);
      this.#moveDays(id, seen.timeZone);
    }
    this.#stop = deps.directory.onChange(({ kind, workspace }) => {
      if (kind === 'settings' || kind === 'sites') this.#settingsChanged(workspace);
      if (kind === 'sites') deps.live.nameSites(workspace);
      if (kind === 'blocks') this.#blocksChanged(workspace);
      // Which parameters tabs may tell depends on what the rules want to see.
      if (kind === 'looks' || kind === 'contexts' || kind === 'goals') this.#welcomesChanged(workspace);
      // Written through any node, shown on the consoles of all.
      if (kind === 'notes' || kind === 'filters') deps.live.changed(workspace, kind);
      else deps.consoles.changed(workspace, kind);
    });
  }

  stop(): void {
    this.#stop();
  }

  #look(workspace: string): Seen {
    const { directory } = this.#deps;
    const settings = directory.settings(workspace);
    const sites = new Map(directory.sites(workspace).map((site) => [site.id, JSON.stringify([site.params, site.hashRouting])]));
    return {
      tracking: settings?.tracking === true,
      timeZone: settings?.timeZone ?? '',
      sites,
      collecting: JSON.stringify([settings?.ipMask, settings?.signals, settings?.cookieless]),
    };
  }

  #blocksChanged(workspace: string): void {
    const { directory, tabs } = this.#deps;
    const isBlocked = (visitor: string): boolean => visitor !== '' && directory.isVisitorBlocked(workspace, visitor);
    tabs.refuseWhere(
      (tab) =>
        tab.site.workspace === workspace && (directory.isBlocked(workspace, tab) || isBlocked(tab.visitor) || isBlocked(tab.chatVisitor)),
    );
  }

  /** Tabs whose welcome is another now hear it. */
  #welcomesChanged(workspace: string): void {
    const { directory, tabs, greetings } = this.#deps;
    const before = new Map(directory.sites(workspace).map((site) => [site.id, greetings.welcome(site)]));
    greetings.forget();
    const changed = directory.sites(workspace).filter((site) => greetings.welcome(site) !== before.get(site.id));
    tabs.greet(new Map(changed.map((site) => [site.id, site])), false);
  }

  #settingsChanged(workspace: string): void {
    const { directory, live, tabs, greetings } = this.#deps;
    const before = this.#seen.get(workspace);
    const now = this.#look(workspace);
    this.#seen.set(workspace, now);
    greetings.forget();
    if (before?.timeZone !== now.timeZone) this.#moveDays(workspace, now.timeZone);
    for (const site of before?.sites.keys() ?? []) {
      if (now.sites.has(site)) continue;
      tabs.refuseSite(site);
      live.endVisits(workspace, site);
    }
    if (before?.tracking === true && !now.tracking) live.endVisits(workspace);
    // What may be collected has changed: the tabs say hello again under the new rules.
    const isReset = before !== undefined && now.tracking && before.collecting !== now.collecting;
    const greeted = directory
      .sites(workspace)
      .filter((site) => isReset || before?.tracking !== now.tracking || before.sites.get(site.id) !== now.sites.get(site.id));
    tabs.greet(new Map(greeted.map((site) => [site.id, site])), isReset);
  }

  /** Nobody waits for it: 11 s for 200,000 visits. Said at every start, because a move that a stop cut off goes on then; else it costs nothing. */
  #moveDays(workspace: string, timeZone: string): void {
    this.#deps.history.setZone({ workspace, timeZone }).catch(this.#deps.onOutage);
  }
}
