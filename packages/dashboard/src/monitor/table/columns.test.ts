import { SORTS } from '@foyer/protocol';
import { describe, expect, test } from 'vitest';
import { ariaSort, COLUMNS, columnOf, columnsFrom, columnsParam, moved, orderFrom, SHOWN_AT_FIRST, sortAfter } from './columns.ts';

const ids = (columns: readonly { readonly id: string }[]): string[] => columns.map(({ id }) => id);

describe('columns of the table', () => {
  test('[VM9] every order of the server is a column, and every column can be sorted by', () => {
    expect(ids(COLUMNS).toSorted()).toEqual([...SORTS].toSorted());
  });

  test('[VM10] what is in the address is shown in that order; what is unknown, repeated or nothing at all changes nothing', () => {
    expect(ids(columnsFrom('page,status,page,nonsense,activity'))).toEqual(['page', 'status', 'activity']);
    expect(columnsFrom(undefined)).toBe(SHOWN_AT_FIRST);
    expect(columnsFrom('<script>,,')).toBe(SHOWN_AT_FIRST);
    expect(columnsParam(SHOWN_AT_FIRST)).toBeUndefined();
    for (const param of ['status', 'activity,page', ids(COLUMNS).toReversed().join(',')])
      expect(columnsParam(columnsFrom(param))).toBe(param);
  });

  test('[VM10] a column moves by places, and stops at the ends', () => {
    const columns = columnsFrom('status,page,context');
    expect(ids(moved(columns, 'status', 1))).toEqual(['page', 'status', 'context']);
    expect(ids(moved(columns, 'status', 9))).toEqual(['page', 'context', 'status']);
    expect(ids(moved(columns, 'context', -9))).toEqual(['context', 'status', 'page']);
    expect(ids(moved(columns, 'city', 1))).toEqual(['status', 'page', 'context']);
  });

  test('[VM9] a head sorts its way, then the other, then newest first again', () => {
    const pages = columnOf('pages')!;
    expect(sortAfter(pages, undefined)).toBe('pages');
    expect(sortAfter(pages, 'activity')).toBe('pages');
    expect(sortAfter(pages, 'pages')).toBe('-pages');
    expect(sortAfter(pages, '-pages')).toBeUndefined();
  });

  test('[VM9] the address becomes an order: the most on top of numbers, the most urgent of contexts and states, A of words', () => {
    expect(orderFrom({ sort: 'pages' })).toEqual({ sort: 'pages', dir: 'desc' });
    expect(orderFrom({ sort: '-pages', group: 'country' })).toEqual({ sort: 'pages', dir: 'asc', group: 'country' });
    expect(orderFrom({ sort: 'context' })).toEqual({ sort: 'context', dir: 'asc' });
    expect(orderFrom({ sort: 'status' })).toEqual({ sort: 'status', dir: 'asc' });
    expect(orderFrom({ sort: 'page' })).toEqual({ sort: 'page', dir: 'asc' });
    for (const sort of [undefined, 'nonsense', '-', '--pages']) expect(orderFrom({ sort })).toEqual({ sort: 'arrived', dir: 'desc' });
  });

  test('[VM9] a screen reader hears the order of what is shown: the latest activity is the least minutes ago', () => {
    expect(ariaSort(columnOf('activity')!, 'activity')).toBe('ascending');
    expect(ariaSort(columnOf('activity')!, '-activity')).toBe('descending');
    expect(ariaSort(columnOf('pages')!, 'pages')).toBe('descending');
    expect(ariaSort(columnOf('page')!, 'page')).toBe('ascending');
    expect(ariaSort(columnOf('page')!, 'pages')).toBeUndefined();
  });
});
