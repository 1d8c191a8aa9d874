import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';

/** The address follows the typing at this distance: one entry per pause, not one per key. */
const ADDRESS_AFTER_MS = 200;

/** The filter as typed, which the address follows; a change of the address (back, a sent link) is the filter too. */
export function useFilterInAddress(page: '/visitors' | '/monitor' = '/visitors'): [string, (filter: string) => void] {
  const inAddress = useSearch({ strict: false, select: (search) => search.filter ?? '' });
  const navigate = useNavigate();
  const [filter, setFilter] = useState(inAddress);
  const [seen, setSeen] = useState(inAddress);
  /** Written into the address and not seen there yet: a navigation takes a moment, and typing goes on meanwhile. */
  const [sent, setSent] = useState<string | null>(null);
  if (inAddress !== seen) {
    setSeen(inAddress);
    setSent(null);
    if (inAddress !== sent) setFilter(inAddress);
  }
  useEffect(() => {
    if (filter === (sent ?? inAddress)) return;
    const timer = setTimeout(() => {
      setSent(filter);
      void navigate({ to: page, search: (old) => ({ ...old, filter: filter || undefined }), replace: true });
    }, ADDRESS_AFTER_MS);
    return () => clearTimeout(timer);
  }, [filter, sent, inAddress, navigate, page]);
  return [filter, setFilter];
}
