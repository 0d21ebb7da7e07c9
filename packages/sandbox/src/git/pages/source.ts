import type { Request, Response, Router } from 'express';
import { NotFoundError } from '../errors';
import { handler } from '../http';
import { parseRepositoryPath } from '../names';
import { sendRaw } from '../raw';
import { readBranches } from '../repositories/branches';
import { readLog } from '../repositories/history';
import { ObjectReader } from '../repositories/ObjectReader';
import {
  findEntry,
  isBinary,
  readTree,
  resolveRef,
  resolveRefAndPath,
  type ResolvedRef,
  type TreeEntry,
} from '../repositories/objects';
import type { HostedRepository } from '../repositories/Repositories';
import { html, type Html } from './html';
import { sendPage } from './layout';
import { breadcrumbs, commitTable, shortName } from './parts';
import type { GitHostOptions } from '../GitHostOptions';
import { repositoryOfPage } from './repositoryOfPage';

const MAX_SHOWN_BYTES = 512 * 1024;
const RECENT_COMMITS = 10;

/** What a page shows of a place in a repository. */
type Place =
  | { ref: ResolvedRef; path: string[]; entries: TreeEntry[] }
  | { ref: ResolvedRef; path: string[]; content: Buffer };

/** `/<owner>/<repo>`, `/src/branch/<branch>/<path>`, `/raw/branch/<branch>/<path>`. */
export function registerSourcePages(
  router: Router,
  options: GitHostOptions,
): void {
  const { git, access, links } = options;

  router.get(
    '/:owner/:repo',
    handler(async (req, res) => {
      const withoutSuffix = /^(.+)\.git$/.exec(req.params.repo)?.[1];
      if (withoutSuffix) {
        const { owner } = req.params;
        res.redirect(links.repository({ owner, name: withoutSuffix }));
        return;
      }
      const repository = await repositoryOfPage(options, req);
      const details = await access.repositories.details(repository);
      if (details.empty) {
        sendEmptyRepository(res, options, repository);
        return;
      }
      const place = await ObjectReader.use(
        git,
        repository.gitDir,
        async reader => {
          const ref = await resolveRef(reader, details.defaultBranch, [
            'branch',
          ]);
          return ref && (await readPlace(reader, ref, []));
        },
      );
      if (!place || !('entries' in place)) {
        throw new NotFoundError(`Branch "${details.defaultBranch}" is gone.`);
      }
      await sendDirectory(res, options, repository, place, details.description);
    }),
  );

  router.get(
    '/:owner/:repo/src/:kind(branch|tag|commit)/*',
    handler(async (req, res) => {
      const { repository, place } = await placeOf(req, options);
      if ('entries' in place) {
        await sendDirectory(res, options, repository, place, '');
      } else {
        sendFile(res, options, repository, place);
      }
    }),
  );

  router.get(
    '/:owner/:repo/raw/:kind(branch|tag|commit)/*',
    handler(async (req, res) => {
      const { place } = await placeOf(req, options);
      if (!('content' in place)) {
        throw new NotFoundError(`"${place.path.join('/')}" is no file.`);
      }
      sendRaw(res, place.path[place.path.length - 1] ?? '', place.content);
    }),
  );

  // Where "edit" links lead: there is no editor here, so the file is shown.
  router.get(
    '/:owner/:repo/_edit/*',
    handler(async (req, res) => {
      const repository = await repositoryOfPage(options, req);
      const [name, ...path] = parseRepositoryPath(req.params[0]);
      res.redirect(links.source(repository, { kind: 'branch', name }, path));
    }),
  );
}

/** The `branch`, `tag` or `commit` of a path. */
export function kindOf(kind: string): ResolvedRef['kind'] {
  return kind === 'branch' || kind === 'tag' ? kind : 'commit';
}

async function placeOf(
  req: Request,
  options: GitHostOptions,
): Promise<{ repository: HostedRepository; place: Place }> {
  const repository = await repositoryOfPage(options, req);
  const segments = parseRepositoryPath(req.params[0]);
  const kind = kindOf(req.params.kind);
  const place = await ObjectReader.use(
    options.git,
    repository.gitDir,
    async reader => {
      const found = await resolveRefAndPath(reader, kind, segments);
      return found && (await readPlace(reader, found.ref, found.path));
    },
  );
  if (!place) {
    throw new NotFoundError(
      `There is no ${kind} or file "${segments.join('/')}" in ${
        repository.owner
      }/${repository.name}.`,
    );
  }
  return { repository, place };
}

async function readPlace(
  reader: ObjectReader,
  ref: ResolvedRef,
  path: string[],
): Promise<Place | undefined> {
  const entry = await findEntry(reader, ref.commitId, path);
  if (entry?.kind === 'directory') {
    const tree = await readTree(reader, ref.commitId, path);
    return tree && { ref, path, entries: tree.entries };
  }
  const blob = entry && (await reader.read(entry.id));
  return blob && { ref, path, content: blob.content };
}

function sendEmptyRepository(
  res: Response,
  { links }: GitHostOptions,
  repository: HostedRepository,
): void {
  sendPage(res, {
    title: `${repository.owner}/${repository.name}`,
    breadcrumbs: breadcrumbs(repository, links),
    body: html`<h1>${repository.name}</h1>
      <p>This repository is empty. Push a first commit to it:</p>
      <pre class="message">git push ${links.clone(repository)} HEAD:main</pre>`,
  });
}

async function sendDirectory(
  res: Response,
  { git, links }: GitHostOptions,
  repository: HostedRepository,
  place: { ref: ResolvedRef; path: string[]; entries: TreeEntry[] },
  description: string,
): Promise<void> {
  const { ref, path } = place;
  const [commits, branches] = await Promise.all([
    readLog(git, repository.gitDir, {
      from: ref.commitId,
      path,
      limit: RECENT_COMMITS,
      files: false,
    }),
    readBranches(git, repository.gitDir),
  ]);
  const folders = place.entries.filter(it => it.kind === 'directory');
  const others = place.entries.filter(it => it.kind !== 'directory');
  sendPage(res, {
    title: `${[repository.owner, repository.name, ...path].join('/')}`,
    breadcrumbs: breadcrumbs(repository, links, ref, path),
    body: html`<h1>${path[path.length - 1] ?? repository.name}</h1>
      ${description ? html`<p>${description}</p>` : ''}
      <p class="muted">
        ${shortName(ref)} · clone: <code>${links.clone(repository)}</code> ·
        branches:
        ${branches.map(
          it =>
            html`<a
              href="${links.source(repository, {
                kind: 'branch',
                name: it.name,
              })}"
              >${it.name}</a
            > `,
        )}
      </p>
      <table>
        ${[...folders, ...others].map(
          it =>
            html`<tr>
              <td>
                <a href="${links.source(repository, ref, [...path, it.name])}"
                  >${it.name}${it.kind === 'directory' ? '/' : ''}</a
                >
              </td>
            </tr>`,
        )}
      </table>
      <h2>Commits</h2>
      ${commitTable(commits, repository, links)}
      <p><a href="${links.commits(repository, ref, path)}">All commits</a></p>`,
  });
}

function sendFile(
  res: Response,
  { links }: GitHostOptions,
  repository: HostedRepository,
  place: { ref: ResolvedRef; path: string[]; content: Buffer },
): void {
  const { ref, path, content } = place;
  sendPage(res, {
    title: `${[repository.owner, repository.name, ...path].join('/')}`,
    breadcrumbs: breadcrumbs(repository, links, ref, path),
    body: html`<h1>${path[path.length - 1]}</h1>
      <p>
        <a href="${links.raw(repository, ref, path)}">Raw</a> ·
        <a href="${links.commits(repository, ref, path)}">History</a> ·
        <span class="muted">${content.length} bytes</span>
      </p>
      <div class="file">${fileLines(content)}</div>`,
  });
}

function fileLines(content: Buffer): Html {
  if (isBinary(content)) {
    return html`<p>This file is binary.</p>`;
  }
  if (content.length > MAX_SHOWN_BYTES) {
    return html`<p>This file is too large to be shown; open it raw.</p>`;
  }
  const lines = content.toString('utf8').replace(/\n$/, '').split('\n');
  return html`<table>
    ${lines.map(
      (line, i) =>
        html`<tr id="L${i + 1}">
          <td class="line muted">${i + 1}</td>
          <td><code>${line}</code></td>
        </tr>`,
    )}
  </table>`;
}
