import type { WidgetLook } from '@foyer/protocol';
import { type ReactNode, useId, useState } from 'react';
import { t } from '../messages/catalogue.ts';
import { SelectSetting, SwitchSetting } from '../settings/setting.tsx';
import { Icon } from '../ui/icons.tsx';
import { QuickQuestions } from './quick-questions.tsx';
import { textOn } from './readable.ts';
import type { LookInHand } from './use-look.ts';

/** Colours to begin with, each readable on its own launcher. */
const ACCENTS = ['#0f766e', '#1d4ed8', '#6d28d9', '#be185d', '#b45309', '#15803d', '#111827'] as const;
const THEMES = ['auto', 'light', 'dark'] as const;
const SIDES = ['end', 'start'] as const;
const ASKED = ['no', 'optional', 'required'] as const;
const LANGUAGES = ['auto', 'en', 'de', 'fr', 'es', 'tr', 'ar'] as const satisfies readonly WidgetLook['language'][];
const MOST_OFFSET_PX = 200;

type SwitchKey = { [Key in keyof WidgetLook]: WidgetLook[Key] extends boolean ? Key : never }[keyof WidgetLook];

/** Everything about a site's widget that can be chosen. What is changed shows in the frame beside; saving is somebody else's. */
export function LookEditor({
  look,
  change,
  mayChange,
}: { readonly look: WidgetLook; readonly mayChange: boolean } & Pick<LookInHand, 'change'>) {
  const l = t.look;
  const onOff = (key: SwitchKey, name: string, hint: string) => (
    <SwitchSetting name={name} hint={hint} on={look[key]} onChange={(on) => change({ [key]: on })} testId={`look-${key}`} />
  );
  return (
    <fieldset className="look-editor" disabled={!mayChange} data-testid="look-editor">
      <legend className="visually-hidden">{l.paneLook}</legend>
      <Group title={l.groups.look}>
        {onOff('enabled', l.enabled, l.enabledHint)}
        <Accent value={look.accent} onChange={(accent) => change({ accent })} />
        <SelectSetting
          name={l.theme}
          hint={l.themeHint}
          value={look.theme}
          options={THEMES.map((value) => ({ value, word: l.themes[value] }))}
          onChange={(theme) => change({ theme })}
          testId="look-theme"
        />
        <SelectSetting
          name={l.side}
          hint={l.sideHint}
          value={look.side}
          options={SIDES.map((value) => ({ value, word: l.sides[value] }))}
          onChange={(side) => change({ side })}
          testId="look-side"
        />
        <Offset value={look.offsetPx} onChange={(offsetPx) => change({ offsetPx })} />
        <SelectSetting
          name={l.language}
          hint={l.languageHint}
          value={look.language}
          options={LANGUAGES.map((value) => ({ value, word: l.languages[value] }))}
          onChange={(language) => change({ language })}
          testId="look-language"
        />
      </Group>
      <Group title={l.groups.greeting} hint={l.own}>
        <TextLine
          word={l.teamName}
          example={l.teamNameExample}
          most={60}
          value={look.teamName}
          onChange={(teamName) => change({ teamName })}
        />
        <TextLine
          word={l.greetingTitle}
          example={l.greetingTitleExample}
          most={80}
          value={look.greetingTitle}
          onChange={(greetingTitle) => change({ greetingTitle })}
        />
        <TextLine
          word={l.greeting}
          example={l.greetingExample}
          most={300}
          long
          value={look.greeting}
          onChange={(greeting) => change({ greeting })}
        />
        <QuickQuestions questions={look.questions} onChange={(questions) => change({ questions })} />
      </Group>
      <Group title={l.groups.before}>
        {(['askName', 'askEmail'] as const).map((key) => (
          <SelectSetting
            key={key}
            name={l[key]}
            value={look[key]}
            options={ASKED.map((value) => ({ value, word: l.asked[value] }))}
            onChange={(asked) => change({ [key]: asked })}
            testId={`look-${key}`}
          />
        ))}
        {onOff('askTeam', l.askTeam, l.askTeamHint)}
        {onOff('captureEmail', l.captureEmail, l.captureEmailHint)}
      </Group>
      <Group title={l.groups.chat}>
        {onOff('attachments', l.attachments, l.attachmentsHint)}
        {onOff('offerRating', l.rating, l.ratingHint)}
        {onOff('offerTranscript', l.transcript, l.transcriptHint)}
        {onOff('sound', l.sound, l.soundHint)}
      </Group>
    </fieldset>
  );
}

function Group({ title, hint, children }: { readonly title: string; readonly hint?: string; readonly children: ReactNode }) {
  return (
    <section className="setting-group">
      <h2>{title}</h2>
      <div className="card">
        {hint && <p className="hint look-hint">{hint}</p>}
        {children}
      </div>
    </section>
  );
}

function Accent({ value, onChange }: { readonly value: string; readonly onChange: (accent: string) => void }) {
  const id = useId();
  /** What is typed until it is a colour. */
  const [typed, setTyped] = useState<string | null>(null);
  const [isBad, setBad] = useState(false);
  const choose = (accent: string): void => {
    setTyped(null);
    setBad(false);
    onChange(accent.toLowerCase());
  };
  return (
    <div className="setting look-accent">
      <div>
        <p className="name" id={id}>
          {t.look.accent}
        </p>
        <p className="hint">{t.look.accentHint}</p>
        <div className="look-swatches" role="group" aria-labelledby={id}>
          {ACCENTS.map((accent) => (
            <button
              key={accent}
              className="look-swatch"
              type="button"
              aria-label={accent}
              aria-pressed={accent === value}
              style={{ background: accent, color: textOn(accent) }}
              onClick={() => choose(accent)}
            >
              {accent === value && <Icon name="check" size="sm" />}
            </button>
          ))}
          <label className="look-swatch look-picker" style={{ background: value, color: textOn(value) }} title={t.look.accent}>
            <span aria-hidden="true">{t.look.accentSample}</span>
            <input
              type="color"
              aria-label={t.look.accent}
              value={value}
              data-testid="look-accent"
              onChange={(event) => choose(event.target.value)}
            />
          </label>
          <input
            className="field look-code"
            aria-label={t.look.accentCode}
            aria-invalid={isBad || undefined}
            aria-describedby={isBad ? `${id}p` : undefined}
            spellCheck={false}
            autoComplete="off"
            value={typed ?? value}
            data-testid="look-accent-code"
            onChange={(event) => {
              const text = event.target.value.trim();
              if (/^#[0-9a-f]{6}$/i.test(text)) choose(text);
              else setTyped(event.target.value);
            }}
            onBlur={() => setBad(typed !== null)}
          />
        </div>
        {isBad && (
          <p className="field-problem" id={`${id}p`} role="alert">
            {t.look.accentBad}
          </p>
        )}
      </div>
    </div>
  );
}

function Offset({ value, onChange }: { readonly value: number; readonly onChange: (px: number) => void }) {
  const id = useId();
  return (
    <div className="setting">
      <div>
        <label className="name" htmlFor={id}>
          {t.look.offset}
        </label>
      </div>
      <span className="look-offset">
        <input
          id={id}
          type="range"
          min={0}
          max={MOST_OFFSET_PX}
          step={2}
          value={value}
          aria-valuetext={t.look.pixels(value)}
          data-testid="look-offset"
          onChange={(event) => onChange(Number(event.target.value))}
        />
        <output className="num" htmlFor={id}>
          {t.look.pixels(value)}
        </output>
      </span>
    </div>
  );
}

function TextLine({
  word,
  example,
  most,
  long = false,
  value,
  onChange,
}: {
  readonly word: string;
  readonly example: string;
  readonly most: number;
  readonly long?: boolean;
  readonly value: string;
  readonly onChange: (text: string) => void;
}) {
  const id = useId();
  const shared = {
    id,
    className: 'field',
    dir: 'auto',
    maxLength: most,
    placeholder: example,
    value,
    onChange: (event: { readonly target: { readonly value: string } }) => onChange(event.target.value),
  };
  return (
    <div className="setting look-text">
      <label className="name" htmlFor={id}>
        {word}
      </label>
      {long ? <textarea {...shared} rows={3} /> : <input {...shared} type="text" />}
    </div>
  );
}
