import type { Site } from '@foyer/protocol';
import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { api } from '../api/foyer-api.ts';
import { meQuery, queryClient } from '../app/query-client.ts';
import { t } from '../messages/catalogue.ts';
import { FailureNote } from '../ui/failure.tsx';
import { domainOf } from '../words/domain.ts';

export function AddSite({ onAdded, onCancel }: { readonly onAdded: (site: Site) => void; readonly onCancel: (() => void) | undefined }) {
  const add = useMutation({
    mutationFn: api.addSite,
    onSuccess: async (site) => {
      await queryClient.invalidateQueries(meQuery);
      onAdded(site);
    },
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const domain = domainOf(String(form.get('domain') ?? ''));
    add.mutate({ name: String(form.get('name') ?? '').trim() || domain, domain });
  };
  return (
    <form className="card add-form" onSubmit={onSubmit}>
      <FailureNote failure={add.error} />
      <label>
        <span className="label">{t.settings.install.name}</span>
        <input className="field" name="name" placeholder={t.settings.install.nameExample} maxLength={120} autoFocus autoComplete="off" />
      </label>
      <label>
        <span className="label">{t.settings.install.domain}</span>
        <input
          className="field"
          name="domain"
          placeholder={t.settings.install.domainExample}
          required
          maxLength={253}
          inputMode="url"
          autoCapitalize="none"
          spellCheck={false}
          autoComplete="off"
        />
      </label>
      <span className="add-actions">
        {onCancel && (
          <button className="button button-ghost" type="button" onClick={onCancel}>
            {t.settings.install.cancel}
          </button>
        )}
        <button className="button button-primary" type="submit" disabled={add.isPending}>
          {t.settings.install.addSite}
        </button>
      </span>
    </form>
  );
}
