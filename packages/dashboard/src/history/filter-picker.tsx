import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { t } from '../messages/catalogue.ts';
import { Icon } from '../ui/icons.tsx';

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly icon?: ReactNode;
}
/** More than one looks through. */
const MOST_SHOWN = 100;
const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** One filter of a list that has many values: a button, and a list that is searched by typing (a combobox in a popover). */
export function FilterPicker({
  word,
  any,
  value,
  valueWord,
  choices,
  mayTypeAny = false,
  testId,
  onNear,
  onChoose,
}: {
  readonly word: string;
  readonly any: string;
  readonly value: string | undefined;
  readonly valueWord: string;
  /** undefined: on their way. */
  readonly choices: readonly Choice[] | undefined;
  /** What is typed can be taken as it is. */
  readonly mayTypeAny?: boolean;
  readonly testId: string;
  /** It is about to be opened. */
  readonly onNear: () => void;
  readonly onChoose: (value: string | undefined) => void;
}) {
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const root = useRef<HTMLDivElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const id = useId();
  const wanted = folded(typed.trim());
  const found = (choices ?? [])
    .filter(({ label, value: one }) => folded(label).includes(wanted) || folded(one) === wanted)
    .slice(0, MOST_SHOWN);
  const isOwn = mayTypeAny && wanted !== '' && !found.some((one) => one.value === typed.trim());
  const options: readonly (Choice & { readonly isAny?: true })[] = [
    ...(wanted === '' ? [{ value: '', label: any, isAny: true as const }] : []),
    ...found,
    ...(isOwn ? [{ value: typed.trim(), label: t.history.filters.exactly(typed.trim()) }] : []),
  ];
  const at = Math.min(active, options.length - 1);

  useEffect(() => {
    if (!isOpen) return;
    input.current?.focus();
    const outside = (event: PointerEvent): void => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [isOpen]);
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  const close = (): void => {
    setOpen(false);
    trigger.current?.focus();
  };
  const choose = (option: (typeof options)[number] | undefined): void => {
    if (!option) return;
    close();
    onChoose(option.isAny ? undefined : option.value);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 10, PageUp: at - 10 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      setActive(Math.max(0, Math.min(options.length - 1, to)));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(options[at]);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === 'Tab') setOpen(false);
  };
  return (
    <div className="menu-root" ref={root}>
      <button
        ref={trigger}
        className={value === undefined ? 'button button-sm chip' : 'button button-sm chip chip-on'}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-label={value === undefined ? word : t.history.filters.is(word, valueWord)}
        data-testid={testId}
        onPointerEnter={onNear}
        onFocus={onNear}
        onClick={() => {
          setTyped('');
          setActive(0);
          setOpen(!isOpen);
        }}
      >
        <ChipWord word={word} value={value === undefined ? undefined : valueWord} />
      </button>
      {isOpen && (
        <div className="menu floating history-pick" role="dialog" aria-label={word}>
          <label className="field">
            <Icon name="search" size="sm" />
            <input
              ref={input}
              role="combobox"
              aria-label={t.history.filters.find}
              aria-expanded="true"
              aria-controls={id}
              aria-autocomplete="list"
              aria-activedescendant={options.length > 0 ? `${id}-${at}` : undefined}
              placeholder={t.history.filters.find}
              autoComplete="off"
              spellCheck={false}
              maxLength={300}
              value={typed}
              data-testid={`${testId}-find`}
              onChange={(event) => {
                setTyped(event.target.value);
                setActive(0);
              }}
              onKeyDown={onKeyDown}
            />
          </label>
          <ul ref={list} id={id} role="listbox" aria-label={word}>
            {options.map((option, i) => (
              <li
                key={`${option.isAny ? 'any' : 'one'} ${option.value}`}
                id={`${id}-${i}`}
                className="menu-item"
                role="option"
                aria-selected={option.isAny ? value === undefined : option.value === value}
                data-active={i === at || undefined}
                onPointerMove={() => setActive(i)}
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => choose(option)}
              >
                {option.icon}
                <bdi className="truncate">{option.label}</bdi>
                {(option.isAny ? value === undefined : option.value === value) && (
                  <>
                    <span className="spacer" />
                    <Icon name="check" size="sm" />
                  </>
                )}
              </li>
            ))}
          </ul>
          {(choices === undefined || (found.length === 0 && !isOwn)) && (
            <p className="hint history-pick-says" role="status">
              {choices === undefined ? t.history.filters.choosing : t.history.filters.noChoice}
            </p>
          )}
        </div>
      )}
    </div>
  );
}

/** The filter's name, and what it is set to. */
export function ChipWord({ word, value }: { readonly word: string; readonly value: string | undefined }) {
  return (
    <>
      {value === undefined ? (
        word
      ) : (
        <>
          <span className="chip-name">{word}</span>
          <bdi className="truncate chip-value">{value}</bdi>
        </>
      )}
      <Icon name="down" size="xs" />
    </>
  );
}
