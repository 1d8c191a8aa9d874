import { useEffect, useRef, useState } from 'react';
import { t } from '../messages/catalogue.ts';
import { copyText } from '../ui/copy-text.ts';
import { Icon } from '../ui/icons.tsx';

interface SnippetProps {
  readonly code: string;
  /** Says what it is, HTML when absent. */
  readonly kind?: string;
  /** Where a page has several, each has a name of its own. */
  readonly label?: string;
  readonly testId?: string;
}

/** Something to paste elsewhere. */
export function Snippet({ code, kind = t.shell.html, label = t.shell.snippet, testId = 'snippet' }: SnippetProps) {
  const [copied, setCopied] = useState(false);
  const pre = useRef<HTMLPreElement>(null);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async (): Promise<void> => {
    if (await copyText(code)) return setCopied(true);
    // Select it, so that Ctrl+C does the rest.
    const selection = getSelection();
    if (pre.current && selection) selection.selectAllChildren(pre.current);
  };
  return (
    <div className="code">
      <div className="code-bar">
        <span>{kind}</span>
        <span className="spacer" />
        <button className="button button-ghost button-sm" type="button" onClick={() => void copy()} data-testid={`copy-${testId}`}>
          <Icon name={copied ? 'check' : 'copy'} size="sm" />
          {copied ? t.shell.copied : t.shell.copy}
        </button>
      </div>
      <pre ref={pre} tabIndex={0} role="region" aria-label={label} data-testid={testId}>
        {code}
      </pre>
    </div>
  );
}
