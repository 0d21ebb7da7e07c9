import { tagsOf } from '../model/images';
import type { ImageRecord, RegistryIdentity, Repository } from '../model/types';
import { escapeHtml, page } from './html';

/** The page of all repositories. */
export function repositoriesPage(
  repositories: Repository[],
  identity: RegistryIdentity,
): string {
  const rows = repositories.map(({ settings, images, tags }) => {
    const href = `/repositories/${encodeURI(settings.name)}`;
    return `<tr><td><a href="${href}">${escapeHtml(
      settings.name,
    )}</a></td><td>${images.size}</td><td>${tags.size}</td><td>${
      settings.mutability
    }</td><td>${time(settings.createdAt)}</td></tr>`;
  });
  return page(
    'Repositories',
    `<p class="muted">Registry ${escapeHtml(
      identity.accountId,
    )} in ${escapeHtml(identity.region)}</p>
${
  rows.length > 0
    ? `<table><tr><th>Repository</th><th>Images</th><th>Tags</th><th>Tag mutability</th><th>Created</th></tr>
${rows.join('\n')}
</table>`
    : '<p>No repositories yet.</p>'
}`,
  );
}

/** The page of one repository: its images, the newest first. */
export function repositoryPage(
  repository: Repository,
  identity: RegistryIdentity,
): string {
  const { name } = repository.settings;
  const rows = [...repository.images.values()]
    .sort((a, b) => b.pushedAt - a.pushedAt)
    .map(image => imageRow(repository, image));
  return page(
    name,
    `<p><a href="/">All repositories</a></p>
<p><code>${escapeHtml(new URL(identity.url).host)}/${escapeHtml(
      name,
    )}</code></p>
${
  rows.length > 0
    ? `<table><tr><th>Tags</th><th>Digest</th><th>Pushed</th><th>Size</th><th>Type</th></tr>
${rows.join('\n')}
</table>`
    : '<p>No images yet.</p>'
}`,
  );
}

export function notFoundPage(what: string): string {
  return page('Not found', `<p>${escapeHtml(what)} does not exist.</p>`);
}

function imageRow(repository: Repository, image: ImageRecord): string {
  const tags = tagsOf(repository, image.digest);
  const names =
    tags.length > 0
      ? tags.map(escapeHtml).join(', ')
      : '<span class="muted">untagged</span>';
  return `<tr><td>${names}</td><td><code>${image.digest}</code></td><td>${time(
    image.pushedAt,
  )}</td><td>${image.sizeInBytes} bytes</td><td>${escapeHtml(
    image.mediaType,
  )}</td></tr>`;
}

function time(at: number): string {
  const iso = new Date(at).toISOString();
  return `<time datetime="${iso}">${iso
    .slice(0, 19)
    .replace('T', ' ')} UTC</time>`;
}
