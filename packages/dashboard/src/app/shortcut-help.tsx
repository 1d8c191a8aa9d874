import './shortcut-help.css';
import { Fragment } from 'react';
import { t } from '../messages/catalogue.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icons.tsx';
import { sectionsOf } from './sections.ts';
import { useMe } from './session.ts';
import { isMac } from './shortcuts.ts';

/** Keys pressed together, then the next ones; or either of two. */
interface Shortcut {
  readonly keys: readonly string[];
  readonly between?: string;
  readonly does: string;
}

/** Every shortcut there is, on `?`. */
export function ShortcutHelp({ onClose }: { readonly onClose: () => void }) {
  const me = useMe();
  const { top, end } = sectionsOf(me);
  const k = t.keys;
  const everywhere: Shortcut[] = [
    { keys: isMac() ? ['⌘', 'K'] : [k.control, 'K'], does: k.search },
    ...[...top, ...end].map((section) => ({ keys: section.keys, between: k.then, does: k.goTo(section.word) })),
    { keys: [t.shell.caps.escape], does: k.close },
    { keys: ['?'], does: k.help },
  ];
  const list: Shortcut[] = [
    { keys: ['/'], does: k.filter },
    { keys: ['↓'], does: k.fromFilter },
    { keys: ['↑', '↓'], between: k.or, does: k.move },
    { keys: [k.pageUp, k.pageDown], between: k.or, does: k.screen },
    { keys: [k.home, k.end], between: k.or, does: k.ends },
    { keys: ['I'], does: k.peek },
    { keys: [k.enter], does: k.open },
    { keys: isMac() ? ['⌘', k.enter] : [k.control, k.enter], does: k.note },
  ];
  const map: Shortcut[] = [
    { keys: ['←', '→', '↑', '↓'], does: k.moveMap },
    { keys: ['+', '−'], between: k.or, does: k.zoom },
  ];
  const inbox: Shortcut[] = [
    { keys: ['J', 'K'], between: k.or, does: k.nextConversation },
    { keys: ['R'], does: k.reply },
    { keys: ['N'], does: k.noteInside },
    { keys: ['E'], does: k.resolve },
    { keys: ['A'], does: k.assign },
    { keys: ['T'], does: k.takeOver },
    { keys: ['/'], does: k.searchInbox },
  ];
  const groups = [
    { title: k.everywhere, shortcuts: everywhere },
    { title: t.shell.inbox, shortcuts: inbox },
    ...(top.length > 0
      ? [
          { title: k.inTheList, shortcuts: list },
          { title: k.onTheMap, shortcuts: map },
        ]
      : []),
  ];
  return (
    <Dialog label={k.title} className="shortcut-help" testId="shortcut-help" onClose={onClose}>
      <header>
        <h2>{k.title}</h2>
        <button className="icon-button icon-button-sm" type="button" aria-label={t.shell.close} onClick={onClose}>
          <Icon name="x" size="sm" />
        </button>
      </header>
      <div className="shortcut-groups">
        {groups.map((group) => (
          <section key={group.title} aria-label={group.title}>
            <h3>{group.title}</h3>
            <dl>
              {group.shortcuts.map((shortcut) => (
                <div key={shortcut.does}>
                  <dt>{shortcut.does}</dt>
                  <dd>
                    {shortcut.keys.map((key, i) => (
                      <Fragment key={key}>
                        {i > 0 && shortcut.between && <span className="muted">{shortcut.between}</span>}
                        <kbd>{key}</kbd>
                      </Fragment>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
