import type { Site } from '@foyer/protocol';
import { useState } from 'react';
import { browserClock } from '../../live/browser.ts';
import type { ListOrder } from '../../live/row-order.ts';
import type { VisitList } from '../../live/visit-list.ts';
import type { ViewStore } from '../../live/view-store.ts';
import { t } from '../../messages/catalogue.ts';
import { number } from '../../messages/format.ts';
import { Menu, type MenuGroup } from '../../ui/menu.tsx';
import { usePhone } from '../../ui/use-phone.ts';
import { ListEmpty } from '../../visitors/list-empty.tsx';
import { ListFilter } from '../../visitors/list-filter.tsx';
import { TipHost } from '../../visitors/tip-host.tsx';
import { TipIntent } from '../../visitors/tip-intent.ts';
import { useListPart } from '../../visitors/use-list.ts';
import { ColumnMenu } from './column-menu.tsx';
import { useCalmTotals } from '../use-calm-totals.ts';
import { type Column, COLUMNS } from './columns.ts';
import { TableIcon } from './table-icon.tsx';
import { type ToRow, VisitTable } from './visit-table.tsx';

type Group = ListOrder['group'];

/** The active visits with what is done to the table of them: filter, group, columns. */
export function TableCard({
  list,
  everybody,
  sites,
  filter,
  columns,
  sort,
  group,
  selected,
  onWay,
  onFilter,
  onColumns,
  onSort,
  onGroup,
  onSelect,
}: {
  readonly list: VisitList;
  readonly everybody: ViewStore | null;
  readonly sites: readonly Site[];
  readonly filter: string;
  readonly columns: readonly Column[];
  readonly sort: string | undefined;
  readonly group: Group;
  readonly selected: string | undefined;
  readonly onWay: (way: ToRow | null) => void;
  readonly onFilter: (filter: string) => void;
  readonly onColumns: (columns: readonly Column[]) => void;
  readonly onSort: (sort: string | undefined) => void;
  readonly onGroup: (group: Group) => void;
  readonly onSelect: (visitor: string) => void;
}) {
  const isPhone = usePhone();
  const [tip] = useState(() => new TipIntent(browserClock));
  const grouping: MenuGroup = {
    label: t.table.groupBy,
    items: ([undefined, 'context', 'country'] as const).map((one) => ({
      id: one ?? 'none',
      label: one === undefined ? t.table.noGroups : t.table.columns[one],
      checked: group === one,
      onSelect: () => onGroup(one),
    })),
  };
  // On a phone there are no heads to click.
  const sorting: MenuGroup = {
    label: t.table.sortBy,
    items: [
      { id: 'newest', label: t.table.newestFirst, checked: sort === undefined, onSelect: () => onSort(undefined) },
      ...COLUMNS.filter(({ id }) => columns.some((column) => column.id === id)).map(({ id }) => ({
        id,
        label: t.table.columns[id],
        checked: sort === id || sort === `-${id}`,
        onSelect: () => onSort(sort === id ? `-${id}` : id),
      })),
    ],
  };
  return (
    <section className="card visits" aria-label={t.table.title}>
      <div className="table-tools">
        <ListFilter
          list={list}
          everybody={everybody}
          sites={sites}
          filter={filter}
          isOfAll
          onFilter={onFilter}
          onDown={() => document.getElementById('visit-table')?.focus()}
        />
        <span className="spacer only-wide" />
        <Listed list={list} everybody={everybody} isFilterOn={filter !== ''} />
        <span className="only-wide table-buttons">
          <Menu
            button={
              <>
                <TableIcon name="group" />
                {group === undefined ? t.table.group : t.table.groupedBy(t.table.columns[group])}
              </>
            }
            buttonLabel={t.table.groupBy}
            buttonClass="button"
            align="end"
            groups={[grouping]}
            testId="group-menu"
          />
          <ColumnMenu columns={columns} onColumns={onColumns} />
        </span>
        <span className="only-phone">
          <Menu
            button={<TableIcon name="group" />}
            buttonLabel={t.table.sortAndGroup}
            buttonClass="icon-button"
            align="end"
            groups={[sorting, grouping]}
            testId="sort-menu"
          />
        </span>
      </div>
      <VisitTable
        list={list}
        sites={sites}
        columns={columns}
        sort={sort}
        group={group}
        selected={selected}
        tip={tip}
        onWay={onWay}
        onSort={onSort}
        onSelect={onSelect}
        empty={<ListEmpty kind={filter === '' ? 'nobody' : 'filter'} onClear={() => onFilter('')} />}
      />
      {!isPhone && <TipHost intent={tip} list={list} onChoose={onSelect} />}
    </section>
  );
}

/** "422 listed, 411 online"; with a filter of how many. */
function Listed({
  list,
  everybody,
  isFilterOn,
}: {
  readonly list: VisitList;
  readonly everybody: ViewStore | null;
  readonly isFilterOn: boolean;
}) {
  const found = useListPart(list, (state) => (state.query?.filter ? state.store : null));
  const all = useCalmTotals(everybody);
  const matching = useCalmTotals(found);
  const isFound = isFilterOn && matching !== null;
  const shown = isFound ? matching : all;
  if (!shown || !all) return null;
  return (
    <span className="hint num table-count">
      <span data-testid="total-listed">
        {number(shown.listed)}
        {isFound && <small> {t.monitor.ofAll(number(all.listed))}</small>}
      </span>{' '}
      {t.table.listedOnline(number(shown.live))}
    </span>
  );
}
