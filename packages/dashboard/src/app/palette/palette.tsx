import './palette.css';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { t } from '../../messages/catalogue.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icons.tsx';
import { useMe } from '../session.ts';
import { CommandLine, VisitorLine } from './lines.tsx';
import { type Line, useSections } from './use-sections.ts';

/** Lines that Page Down and Page Up skip. */
const PAGE = 8;

/** Goes anywhere and finds anybody, by typing. A combobox with its list (WAI-ARIA): the focus stays in the field. */
export function Palette({
  path,
  onClose,
  onHelp,
  onSignOut,
}: {
  readonly path: string;
  readonly onClose: () => void;
  readonly onHelp: () => void;
  readonly onSignOut: () => void;
}) {
  const { sites } = useMe();
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState('');
  const { sections, isPending } = useSections(query, { path, onHelp, onSignOut });
  const lines = sections.flatMap((section) => section.lines);
  const active = lines.find((line) => line.id === chosen) ?? lines[0];
  const id = useId();
  const idOf = (line: Line | undefined): string | undefined => line && `${id}${lines.indexOf(line)}`;
  const activeId = idOf(active);

  useEffect(() => {
    if (activeId) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);

  const choose = (line: Line): void => {
    onClose();
    line.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const at = active ? lines.indexOf(active) : 0;
    const last = lines.length - 1;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: Math.min(at + PAGE, last), PageUp: Math.max(at - PAGE, 0) }[event.key];
    if (to !== undefined && lines.length > 0) {
      event.preventDefault();
      setChosen(lines[(to + lines.length) % lines.length]?.id ?? '');
    } else if (event.key === 'Enter' && active) {
      event.preventDefault();
      choose(active);
    } else if (event.key === 'Escape' && query !== '') {
      // First the text goes, then the palette.
      event.preventDefault();
      setQuery('');
    }
  };
  const isFound = lines.length > (query.trim() === '' ? 0 : 1);
  return (
    <Dialog label={t.palette.label} className="palette" testId="palette" onClose={onClose}>
      <div className="palette-field">
        <Icon name="search" />
        <input
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}list`}
          aria-activedescendant={activeId}
          aria-autocomplete="list"
          aria-label={t.palette.label}
          placeholder={t.palette.placeholder}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          enterKeyHint="go"
          maxLength={200}
          data-testid="palette-input"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setChosen('');
          }}
          onKeyDown={onKeyDown}
        />
        <button className="icon-button icon-button-sm" type="button" aria-label={t.shell.close} onClick={onClose}>
          <Icon name="x" size="sm" />
        </button>
      </div>
      <div className="palette-list" id={`${id}list`} role="listbox" aria-label={t.palette.results} aria-busy={isPending}>
        {sections.map((section) => (
          <div key={section.label} role="group" aria-label={section.label}>
            <div className="menu-label" aria-hidden="true">
              {section.label}
            </div>
            {section.lines.map((line) => {
              const option = {
                id: idOf(line) ?? '',
                isOn: line === active,
                onPoint: () => setChosen(line.id),
                onChoose: () => choose(line),
              };
              return 'icon' in line.shows ? (
                <CommandLine key={line.id} command={line.shows} option={option} />
              ) : (
                <VisitorLine key={line.id} row={line.shows} sites={sites} option={option} />
              );
            })}
          </div>
        ))}
      </div>
      {!isFound && !isPending && <p className="palette-nothing">{t.palette.nothing}</p>}
      <p className="visually-hidden" role="status">
        {query.trim() === '' || isPending ? '' : t.palette.found(lines.length)}
      </p>
      <footer className="palette-foot only-wide" aria-hidden="true">
        <span>
          <kbd>↑</kbd>
          <kbd>↓</kbd> {t.palette.move}
        </span>
        <span>
          <kbd>↵</kbd> {t.palette.choose}
        </span>
        <span>
          <kbd>{t.shell.caps.escape}</kbd> {t.palette.leave}
        </span>
      </footer>
    </Dialog>
  );
}
