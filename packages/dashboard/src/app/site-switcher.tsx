import type { Site } from '@foyer/protocol';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { t } from '../messages/catalogue.ts';
import { Icon } from '../ui/icons.tsx';
import { Menu } from '../ui/menu.tsx';

/** Which site's visitors are shown; the choice is in the address. */
export function SiteSwitcher({ sites, page }: { readonly sites: readonly Site[]; readonly page: '/visitors' | '/monitor' }) {
  const navigate = useNavigate();
  const chosen = useSearch({ strict: false, select: (search) => search.site });
  const word = sites.find((site) => site.id === chosen)?.name ?? t.shell.allSites;
  const choose = (site: string | undefined): void => void navigate({ to: page, search: (old) => ({ ...old, site, visitor: undefined }) });
  if (sites.length === 1 && !chosen) return <span className="switcher-one truncate">{sites[0]?.name}</span>;
  return (
    <Menu
      button={
        <>
          <span className="truncate">{word}</span>
          <Icon name="updown" size="sm" />
        </>
      }
      buttonLabel={t.shell.siteIs(word)}
      buttonClass="switcher"
      testId="site-switcher"
      groups={[
        { items: [{ id: 'all', label: t.shell.allSites, checked: !chosen, onSelect: () => choose(undefined) }] },
        {
          items: sites.map((site) => ({
            id: site.id,
            label: (
              <span className="truncate">
                {site.name} <span className="muted">{site.domain}</span>
              </span>
            ),
            checked: site.id === chosen,
            onSelect: () => choose(site.id),
          })),
        },
      ]}
    />
  );
}
