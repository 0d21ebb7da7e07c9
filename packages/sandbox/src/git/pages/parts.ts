import type { Links } from '../Links';
import type { Commit } from '../repositories/history';
import type { ResolvedRef } from '../repositories/objects';
import type { HostedRepository } from '../repositories/Repositories';
import { html, type Html } from './html';
import { time } from './layout';

/** ` / owner / repository / branch / folder / file`, each with its link. */
export function breadcrumbs(
  repository: HostedRepository,
  links: Links,
  ref?: ResolvedRef,
  path: readonly string[] = [],
): Html {
  const { owner, name } = repository;
  const steps = ref
    ? [
        html` /
          <a href="${links.source(repository, ref)}">${shortName(ref)}</a>`,
        ...path.map(
          (it, i) =>
            html` /
              <a href="${links.source(repository, ref, path.slice(0, i + 1))}"
                >${it}</a
              >`,
        ),
      ]
    : [];
  return html` / <a href="${links.owner(owner)}">${owner}</a> /
    <a href="${links.repository(repository)}">${name}</a>${steps}`;
}

export function shortName(ref: ResolvedRef): string {
  return ref.kind === 'commit' ? ref.name.slice(0, 10) : ref.name;
}

/** One line a commit: what, who, when. */
export function commitTable(
  commits: readonly Commit[],
  repository: HostedRepository,
  links: Links,
): Html {
  return html`<table>
    ${commits.map(
      it => html`<tr>
        <td class="narrow">
          <a href="${links.commit(repository, it.id)}"
            ><code>${it.id.slice(0, 10)}</code></a
          >
        </td>
        <td>${it.message.split('\n', 1)}</td>
        <td class="narrow">${it.author.name}</td>
        <td class="narrow muted">${time(it.author.date)}</td>
      </tr>`,
    )}
  </table>`;
}
