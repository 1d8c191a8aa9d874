import './chat-settings.css';
import { type ReactNode, Suspense } from 'react';

/** A page of chat settings while what it shows is on its way. Reading that fails is the router's to show. */
export function ChatPage({ children }: { readonly children: ReactNode }) {
  return (
    <div className="settings-page">
      <Suspense fallback={<div className="card chat-waiting" aria-busy="true" />}>{children}</Suspense>
    </div>
  );
}
