import type { ReactNode } from 'react';
import { webAddress } from '../words/address.ts';

/** A link to a visitor-supplied address if it is http(s), else its text alone. */
export function WebLink({
  address,
  children,
  className,
}: {
  readonly address: string;
  readonly children: ReactNode;
  readonly className?: string;
}) {
  const href = webAddress(address);
  if (!href) return <span className={className}>{children}</span>;
  return (
    <a className={className} href={href} target="_blank" rel="noopener noreferrer" title={href}>
      {children}
    </a>
  );
}
