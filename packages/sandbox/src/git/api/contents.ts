import type { Request, Response, Router } from 'express';
import { NotFoundError } from '../errors';
import { handler, queryText } from '../http';
import { parseRepositoryPath } from '../names';
import { sendRaw } from '../raw';
import { readLog } from '../repositories/history';
import { ObjectReader } from '../repositories/ObjectReader';
import {
  findEntry,
  readTree,
  resolveRef,
  type ResolvedRef,
  type TreeEntry,
} from '../repositories/objects';
import type { HostedRepository } from '../repositories/Repositories';
import type { Links } from '../Links';
import type { GitHostOptions } from '../GitHostOptions';

const TYPES: Record<TreeEntry['kind'], string> = {
  file: 'file',
  directory: 'dir',
  symlink: 'symlink',
  submodule: 'submodule',
};

/** Files and directories of a branch, tag or commit. */
export function registerContentRoutes(
  router: Router,
  { git, access, links }: GitHostOptions,
): void {
  const sendContents = async (req: Request, res: Response, path: string[]) => {
    const repository = await access.repository(req);
    const details = await access.repositories.details(repository);
    if (details.empty && path.length === 0) {
      res.json([]);
      return;
    }
    const wanted = queryText(req, 'ref') ?? details.defaultBranch;
    const contents = await ObjectReader.use(
      git,
      repository.gitDir,
      async reader => {
        const ref = await requireRef(reader, wanted);
        const entry = await findEntry(reader, ref.commitId, path);
        if (!entry) {
          throw notThere(ref, path);
        }
        const shape = (it: TreeEntry, at: string[], content?: Buffer) =>
          toContents({ repository, ref, wanted, path: at, links }, it, content);
        if (entry.kind === 'directory') {
          const tree = await readTree(reader, ref.commitId, path);
          const entries = [];
          for (const it of tree?.entries ?? []) {
            const blob =
              it.kind === 'directory' ? undefined : await reader.read(it.id);
            entries.push({
              ...shape(it, [...path, it.name], blob?.content),
              // A listing has sizes, but no contents.
              encoding: null,
              content: null,
            });
          }
          return entries;
        }
        const blob = await reader.read(entry.id);
        const [last] = await readLog(git, repository.gitDir, {
          from: ref.commitId,
          path,
          limit: 1,
          files: false,
        });
        return {
          ...shape(entry, path, blob?.content),
          last_commit_sha: last?.id ?? ref.commitId,
          last_committer_date: last?.committer.date ?? null,
          last_author_date: last?.author.date ?? null,
        };
      },
    );
    res.json(contents);
  };

  router.get(
    '/repos/:owner/:repo/contents',
    handler((req, res) => sendContents(req, res, [])),
  );
  router.get(
    '/repos/:owner/:repo/contents/*',
    handler((req, res) =>
      sendContents(req, res, parseRepositoryPath(req.params[0])),
    ),
  );
  router.get(
    ['/repos/:owner/:repo/raw/*', '/repos/:owner/:repo/media/*'],
    handler(async (req, res) => {
      const path = parseRepositoryPath(req.params[0]);
      const repository = await access.repository(req);
      const details = await access.repositories.details(repository);
      const wanted = queryText(req, 'ref') ?? details.defaultBranch;
      const content = await ObjectReader.use(
        git,
        repository.gitDir,
        async reader => {
          const ref = await requireRef(reader, wanted);
          const entry = await findEntry(reader, ref.commitId, path);
          const blob = entry && (await reader.read(entry.id));
          if (blob?.type !== 'blob') {
            throw notThere(ref, path);
          }
          return blob.content;
        },
      );
      sendRaw(res, path[path.length - 1] ?? '', content);
    }),
  );
  router.get(
    '/repos/:owner/:repo/git/blobs/:sha([0-9a-f]{40})',
    handler(async (req, res) => {
      const repository = await access.repository(req);
      const { sha } = req.params;
      const blob = await ObjectReader.use(git, repository.gitDir, reader =>
        reader.read(sha),
      );
      if (blob?.type !== 'blob') {
        throw new NotFoundError(`object does not exist [id: ${sha}]`);
      }
      res.json({
        content: blob.content.toString('base64'),
        encoding: 'base64',
        url: `${links.api(repository)}/git/blobs/${sha}`,
        sha,
        size: blob.content.length,
      });
    }),
  );
}

async function requireRef(
  reader: ObjectReader,
  name: string,
): Promise<ResolvedRef> {
  const ref = await resolveRef(reader, name);
  if (!ref) {
    throw new NotFoundError(`object does not exist [id: ${name}, rel_path: ]`);
  }
  return ref;
}

function notThere(ref: ResolvedRef, path: string[]): NotFoundError {
  return new NotFoundError(
    `object does not exist [id: ${ref.name}, rel_path: ${path.join('/')}]`,
  );
}

/** A `ContentsResponse` of Gitea's API. */
function toContents(
  at: {
    repository: HostedRepository;
    ref: ResolvedRef;
    /** The `ref` parameter as it was given. */
    wanted: string;
    path: string[];
    links: Links;
  },
  entry: TreeEntry,
  content: Buffer | undefined,
) {
  const { repository, ref, links, path } = at;
  const encodedPath = path.map(encodeURIComponent).join('/');
  const self = `${links.api(
    repository,
  )}/contents/${encodedPath}?ref=${encodeURIComponent(at.wanted)}`;
  const isSubmodule = entry.kind === 'submodule';
  const html = isSubmodule ? null : links.source(repository, ref, path);
  const gitUrl = isSubmodule
    ? null
    : `${links.api(repository)}/git/${
        entry.kind === 'directory' ? 'trees' : 'blobs'
      }/${entry.id}`;
  const isFile = entry.kind === 'file';
  return {
    name: entry.name,
    path: path.join('/'),
    sha: entry.id,
    type: TYPES[entry.kind],
    size: content?.length ?? 0,
    encoding: isFile && content ? 'base64' : null,
    content: isFile && content ? content.toString('base64') : null,
    target:
      entry.kind === 'symlink' && content ? content.toString('utf8') : null,
    url: self,
    html_url: html,
    git_url: gitUrl,
    download_url:
      isFile || entry.kind === 'symlink'
        ? links.raw(repository, ref, path)
        : null,
    submodule_git_url: null,
    _links: { self, git: gitUrl, html },
  };
}
