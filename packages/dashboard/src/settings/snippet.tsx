import { useEffect, useRef, useState } from 'react';
import { Icon } from '../ui/icons.tsx';

export function Snippet({ code }: { readonly code: string }) {
  const [copied, setCopied] = useState(false);
  const pre = useRef<HTMLPreElement>(null);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(code);
      setCopied(true);
    } catch {
      // No clipboard on plain http: select it, so that Ctrl+C does the rest.
      const selection = getSelection();
      if (pre.current && selection) selection.selectAllChildren(pre.current);
    }
  };
  return (
    <div className="code">
      <div className="code-bar">
        <span>HTML</span>
        <span className="spacer" />
        <button className="button button-ghost button-sm" type="button" onClick={() => void copy()} data-testid="copy-snippet">
          <Icon name={copied ? 'check' : 'copy'} size="sm" />
          {copied ? 'Copied' : 'Copy'}
        </button>
      </div>
      <pre ref={pre} tabIndex={0} role="region" aria-label="Snippet" data-testid="snippet">
        {code}
      </pre>
    </div>
  );
}
