import { isWithin, nextOpening } from '@foyer/domain/chat';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useId, useState } from 'react';
import { useMe } from '../../app/session.ts';
import { currentLocale, t } from '../../messages/catalogue.ts';
import { Icon } from '../../ui/icons.tsx';
import { Rich } from '../../ui/rich.tsx';
import { showToast } from '../../ui/toast.tsx';
import { Select, Setting } from '../setting.tsx';
import { SettingsHead } from '../settings-head.tsx';
import { ChatPage } from './chat-page.tsx';
import { clockOf, minuteOf, nextSpan, problemOfDay, type SetHours, type Span, tidy, USUAL_HOURS } from './hours-model.ts';
import { useChatSave } from './use-chat-save.ts';

export function HoursSettings() {
  return (
    <ChatPage>
      <Page />
    </ChatPage>
  );
}

function Page() {
  const me = useMe();
  const { settings, state, save } = useChatSave();
  const { hours } = settings;
  const words = t.chatSettings.hours;
  const zone = me.settings.timeZone;
  const set = (next: SetHours): void => void save({ hours: tidy(next) });
  return (
    <>
      <SettingsHead title={t.settings.pages.hours} text={words.text} state={state} />
      <div className="card setting-group">
        <Setting
          name={words.when}
          hint={<Rich text={words.whenHint(zone.replaceAll('_', ' '))} link={(text) => <Link to="/settings/general">{text}</Link>} />}
          below={hours && <OpenNow hours={hours} zone={zone} />}
        >
          <Select
            label={words.when}
            value={hours ? 'set' : 'always'}
            options={(['always', 'set'] as const).map((value) => ({ value, word: words.ways[value] }))}
            onChange={(way) => void save({ hours: way === 'always' ? null : USUAL_HOURS }, words.said[way])}
            testId="hours-way"
          />
        </Setting>
      </div>
      {hours && (
        <>
          <section className="setting-group">
            <h2>{words.week}</h2>
            <div className="card">
              {hours.days.map((spans, day) => (
                <Day
                  key={day}
                  name={weekday(day)}
                  spans={spans}
                  onChange={(next) => set({ ...hours, days: hours.days.map((one, i) => (i === day ? [...next] : one)) })}
                  {...(day === 0
                    ? {
                        onCopy: (): void => {
                          const next = { ...hours, days: hours.days.map((one, i) => (i < 5 ? spans : one)) };
                          set(next);
                          showToast({ text: words.copied(weekday(0)), undo: () => set(hours) });
                        },
                      }
                    : {})}
                />
              ))}
            </div>
          </section>
          <ClosedDays days={hours.closedOn} onChange={(closedOn) => set({ ...hours, closedOn })} />
        </>
      )}
    </>
  );
}

/** Monday is 0. 5 January 1970 was one. */
const weekday = (day: number): string =>
  new Intl.DateTimeFormat(currentLocale(), { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(1970, 0, 5 + day));

function OpenNow({ hours, zone }: { readonly hours: SetHours; readonly zone: string }) {
  const now = Date.now();
  const isOpen = isWithin(hours, zone, now);
  const next = isOpen ? 0 : nextOpening(hours, zone, now);
  const when = new Intl.DateTimeFormat(currentLocale(), { weekday: 'long', hour: '2-digit', minute: '2-digit', timeZone: zone });
  return (
    <p className="open-now" data-testid="open-now" data-open={isOpen}>
      <span className="badge" data-status={isOpen ? 'active' : 'inactive'}>
        <span className="dot" data-status={isOpen ? 'active' : 'inactive'} />
        {isOpen ? t.chatSettings.hours.now.open : t.chatSettings.hours.now.closed}
      </span>
      {next > 0 && <span className="hint">{t.chatSettings.hours.opens(when.format(next))}</span>}
    </p>
  );
}

function Day({
  name,
  spans,
  onChange,
  onCopy,
}: {
  readonly name: string;
  readonly spans: readonly Span[];
  readonly onChange: (spans: readonly Span[]) => void;
  readonly onCopy?: () => void;
}) {
  const words = t.chatSettings.hours;
  const id = useId();
  // What is being typed is shown although it is not saved: half a time is no time.
  const [typed, setTyped] = useState<readonly Span[] | null>(null);
  const shown = typed ?? spans;
  const problem = problemOfDay(shown);
  const put = (next: readonly Span[]): void => {
    if (problemOfDay(next)) return setTyped(next);
    setTyped(null);
    onChange(next);
  };
  const more = nextSpan(shown);
  return (
    <div className="setting day-setting" data-testid="day" role="group" aria-labelledby={id}>
      <span className="day-name" id={id}>
        <button
          className="switch"
          type="button"
          role="switch"
          aria-checked={shown.length > 0}
          aria-label={words.isOpen(name)}
          onClick={() => put(shown.length > 0 ? [] : [{ from: 540, to: 1_020 }])}
        />
        <b>{name}</b>
      </span>
      <div className="day-spans">
        {shown.length === 0 && <span className="muted">{words.closed}</span>}
        {shown.map((span, i) => (
          <span className="day-span" key={i}>
            <Time
              label={words.from(name, i + 1)}
              minute={span.from}
              isEnd={false}
              isBad={problem !== null}
              onChange={(from) => put(shown.map((one, at) => (at === i ? { ...one, from } : one)))}
            />
            <span className="muted">{words.until}</span>
            <Time
              label={words.to(name, i + 1)}
              minute={span.to}
              isEnd
              isBad={problem !== null}
              onChange={(to) => put(shown.map((one, at) => (at === i ? { ...one, to } : one)))}
            />
            {shown.length > 1 && (
              <button
                className="icon-button icon-button-sm"
                type="button"
                aria-label={words.remove(name, i + 1)}
                onClick={() => put(shown.filter((_, at) => at !== i))}
              >
                <Icon name="x" size="sm" />
              </button>
            )}
          </span>
        ))}
        {problem && (
          <p className="field-problem" role="alert">
            {problem === 'overlap' ? words.overlap : words.badSpan}
          </p>
        )}
      </div>
      <span className="day-tools">
        {onCopy && spans.length > 0 && (
          <button className="icon-button" type="button" aria-label={words.copy(name)} title={words.copy(name)} onClick={onCopy}>
            <Icon name="copy" />
          </button>
        )}
        {shown.length > 0 && more && (
          <button
            className="icon-button"
            type="button"
            aria-label={words.add(name)}
            title={words.add(name)}
            onClick={() => put([...shown, more])}
          >
            <Icon name="plus" />
          </button>
        )}
      </span>
    </div>
  );
}

function Time({
  label,
  minute,
  isEnd,
  isBad,
  onChange,
}: {
  readonly label: string;
  readonly minute: number;
  readonly isEnd: boolean;
  readonly isBad: boolean;
  readonly onChange: (minute: number) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const done = (): void => {
    const next = typed === null ? null : minuteOf(typed, isEnd);
    setTyped(null);
    if (next !== null && next !== minute) onChange(next);
  };
  return (
    <input
      className="field time-field num"
      type="time"
      aria-label={label}
      aria-invalid={isBad || undefined}
      value={typed ?? clockOf(minute)}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={done}
      onKeyDown={(event) => event.key === 'Enter' && done()}
    />
  );
}

function ClosedDays({ days, onChange }: { readonly days: readonly string[]; readonly onChange: (days: string[]) => void }) {
  const words = t.chatSettings.hours;
  const [isAdding, setAdding] = useState(false);
  const today = new Date().toISOString().slice(0, 10);
  const format = new Intl.DateTimeFormat(currentLocale(), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const nameOf = (day: string): string => format.format(Date.parse(`${day}T00:00:00Z`));
  const add = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const day = String(new FormData(event.currentTarget).get('day') ?? '');
    if (/^\d{4}-\d\d-\d\d$/.test(day)) onChange([...days, day]);
    event.currentTarget.reset();
  };
  return (
    <section className="setting-group">
      <h2>{words.holidays}</h2>
      <div className="card">
        <Setting
          name={words.holidays}
          hint={words.holidaysHint}
          below={
            <>
              {days.length > 0 && (
                <ul className="chips">
                  {days.map((day) => (
                    <li key={day} className="token num" data-past={day < today || undefined}>
                      {nameOf(day)}
                      <button
                        type="button"
                        aria-label={words.removeDay(nameOf(day))}
                        onClick={() => onChange(days.filter((one) => one !== day))}
                      >
                        <Icon name="x" />
                      </button>
                    </li>
                  ))}
                </ul>
              )}
              {isAdding && (
                <form className="chip-form" onSubmit={add}>
                  <input className="field" type="date" name="day" aria-label={words.day} min={today} required autoFocus />
                  <button className="button" type="submit">
                    {t.settings.chips.add}
                  </button>
                </form>
              )}
            </>
          }
        >
          {!isAdding && (
            <button className="button" type="button" aria-label={words.addDay} onClick={() => setAdding(true)}>
              <Icon name="plus" />
              {t.settings.chips.add}
            </button>
          )}
        </Setting>
      </div>
    </section>
  );
}
