import { useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';

const conversationPath = (id: string): string => `/inbox/${encodeURIComponent(id)}`;

/** Goes to a conversation in the inbox. */
export function useOpenConversation(): (id: string) => void {
  const { history } = useRouter();
  return (id) => history.push(conversationPath(id));
}

/** A real link, so that it opens in another tab too. */
export function ConversationLink({
  id,
  className,
  testId,
  label,
  children,
}: {
  readonly id: string;
  readonly className?: string;
  readonly testId?: string;
  readonly label?: string;
  readonly children: ReactNode;
}) {
  const open = useOpenConversation();
  return (
    <a
      href={conversationPath(id)}
      className={className}
      aria-label={label}
      data-testid={testId}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        open(id);
      }}
    >
      {children}
    </a>
  );
}
