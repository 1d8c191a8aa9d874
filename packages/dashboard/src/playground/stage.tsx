import type { Site, WidgetLook } from '@foyer/protocol';
import { useRef, useState } from 'react';
import { t } from '../messages/catalogue.ts';
import { Icon, type IconName } from '../ui/icons.tsx';
import { type FrameHandle, WidgetFrame } from './widget-frame.tsx';

type Width = 'wide' | 'phone';
type Scheme = 'light' | 'dark';

/** The frame with what is done to it: how wide, on a light or a dark page, open or closed, anew. */
export function Stage({ site, look }: { readonly site: Site; readonly look: WidgetLook }) {
  const [width, setWidth] = useState<Width>('wide');
  const [scheme, setScheme] = useState<Scheme>('light');
  const handle = useRef<FrameHandle>(null);
  const act = (icon: IconName, word: string, run: () => void, testId: string) => (
    <button className="icon-button" type="button" aria-label={word} title={word} onClick={run} data-testid={testId}>
      <Icon name={icon} />
    </button>
  );
  return (
    <section className="playground-stage" aria-label={t.look.stage} data-width={width} data-scheme={scheme}>
      <div className="stage-tools" role="group" aria-label={t.look.tools}>
        <Choice
          label={t.look.width}
          value={width}
          options={[
            { value: 'wide', word: t.look.wide, icon: 'laptop' },
            { value: 'phone', word: t.look.phone, icon: 'mobile' },
          ]}
          onChange={setWidth}
        />
        <Choice
          label={t.look.scheme}
          value={scheme}
          options={[
            { value: 'light', word: t.look.light, icon: 'sun' },
            { value: 'dark', word: t.look.dark, icon: 'moon' },
          ]}
          onChange={setScheme}
        />
        <span className="spacer" />
        {act('chat', t.look.open, () => handle.current?.say({ foyer: ['open'] }), 'frame-open')}
        {act('x', t.look.close, () => handle.current?.say({ foyer: ['close'] }), 'frame-close')}
        {act('retry', t.look.anew, () => handle.current?.say({ anew: true }), 'frame-anew')}
      </div>
      <div className="stage-frame">
        <WidgetFrame key={site.id} site={site.id} name={site.name} look={look} scheme={scheme} handle={handle} />
      </div>
    </section>
  );
}

function Choice<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly word: string; readonly icon: IconName }[];
  readonly onChange: (value: T) => void;
}) {
  return (
    <div className="segmented" role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          title={option.word}
          data-testid={`stage-${option.value}`}
          onClick={() => onChange(option.value)}
        >
          <Icon name={option.icon} size="sm" />
          <span>{option.word}</span>
        </button>
      ))}
    </div>
  );
}
