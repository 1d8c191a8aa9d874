import { type ReactNode, type Ref, type TextareaHTMLAttributes, useImperativeHandle, useLayoutEffect, useRef } from 'react';

export interface Mark {
  readonly from: number;
  readonly to: number;
  readonly kind: 'query' | 'mention' | 'unknown';
}

/**
 * A text field that grows with what is in it, with parts of its text marked. The marks lie behind it in a copy of the text: the field
 * stays the browser's own, with its undo, its spelling and its input methods.
 */
export function ComposerField({
  ref,
  marks,
  value,
  ...rest
}: {
  readonly ref: Ref<HTMLTextAreaElement>;
  readonly marks: readonly Mark[];
  readonly value: string;
} & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'value'>) {
  const field = useRef<HTMLTextAreaElement>(null);
  const mirror = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => field.current!, []);
  const follow = (): void => {
    if (mirror.current && field.current) mirror.current.scrollTop = field.current.scrollTop;
  };
  useLayoutEffect(follow, [value]);
  return (
    <div className="composer-field">
      <div className="composer-mirror" ref={mirror} aria-hidden="true" dir="auto">
        {marked(value, marks)}
        {/* A last empty line has height only with something in it. */}
        {'\u200b'}
      </div>
      <textarea ref={field} className="composer-input" rows={1} dir="auto" value={value} onScroll={follow} {...rest} />
    </div>
  );
}

function marked(text: string, marks: readonly Mark[]): ReactNode[] {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const { from, to, kind } of [...marks].sort((a, b) => a.from - b.from)) {
    if (from < at) continue;
    parts.push(
      text.slice(at, from),
      <mark key={from} data-kind={kind}>
        {text.slice(from, to)}
      </mark>,
    );
    at = to;
  }
  parts.push(text.slice(at));
  return parts;
}
