import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';

/** The address follows the typing at this distance: one entry per pause, not one per key. */
const ADDRESS_AFTER_MS = 200;

/** The filter as typed, which the address follows; a change of the address (back, a sent link) is the filter too. */
export function useFilterInAddress(page: '/visitors' | '/monitor' = '/visitors'): [string, (filter: string) => void] {
  const inAddress = useSearch({ strict: false, select: (search) => search.filter ?? '' });
  const navigate = useNavigate();
  const [filter, setFilter] = useState(inAddress);
  const [written, setWritten] = useState(inAddress);
  if (inAddress !== written) {
    setWritten(inAddress);
    setFilter(inAddress);
  }
  useEffect(() => {
    if (filter === written) return;
    const timer = setTimeout(() => {
      setWritten(filter);
      void navigate({ to: page, search: (old) => ({ ...old, filter: filter || undefined }), replace: true });
    }, ADDRESS_AFTER_MS);
    return () => clearTimeout(timer);
  }, [filter, written, navigate, page]);
  return [filter, setFilter];
}
