import type { Router } from 'express';
import { sendArchive } from '../archive';
import { NotFoundError } from '../errors';
import { handler, queryNumber } from '../http';
import { isCommitId, parseRepositoryPath } from '../names';
import { countLog, readLog, readPatch } from '../repositories/history';
import { ObjectReader } from '../repositories/ObjectReader';
import { resolveRef, resolveRefAndPath } from '../repositories/objects';
import { html, type Html } from './html';
import { sendPage, time } from './layout';
import { breadcrumbs, commitTable, shortName } from './parts';
import type { GitHostOptions } from '../GitHostOptions';
import { repositoryOfPage } from './repositoryOfPage';
import { kindOf } from './source';

/** A diff that is longer is cut: pages are for reading. */
const MAX_PATCH_BYTES = 512 * 1024;
const COMMITS_PER_PAGE = 50;

/** `/<owner>/<repo>/commit/<sha>`, `/commits/branch/<branch>[/<path>]`, `/archive/<ref>.tar.gz`. */
export function registerCommitPages(
  router: Router,
  options: GitHostOptions,
): void {
  const { git, links } = options;

  router.get(
    '/:owner/:repo/commit/:sha',
    handler(async (req, res) => {
      const repository = await repositoryOfPage(options, req);
      const { sha } = req.params;
      const ref = isCommitId(sha)
        ? await ObjectReader.use(git, repository.gitDir, reader =>
            resolveRef(reader, sha, ['commit']),
          )
        : undefined;
      if (!ref) {
        throw new NotFoundError(
          `There is no commit "${sha}" in ${repository.owner}/${repository.name}.`,
        );
      }
      const [[commit], patch] = await Promise.all([
        readLog(git, repository.gitDir, {
          from: ref.commitId,
          limit: 1,
          files: true,
        }),
        readPatch(git, repository.gitDir, ref.commitId, MAX_PATCH_BYTES),
      ]);
      const [subject, ...rest] = commit.message.trimEnd().split('\n');
      const body = rest.join('\n').trim();
      const { author, committer } = commit;
      sendPage(res, {
        title: `${subject} · ${repository.owner}/${repository.name}`,
        breadcrumbs: breadcrumbs(repository, links),
        body: html`<h1>${subject}</h1>
          ${body ? html`<pre class="message">${body}</pre>` : ''}
          <p>
            ${author.name} &lt;${author.email}&gt;,
            ${time(author.date)}${committer.name === author.name
              ? ''
              : html`; committed by ${committer.name}, ${time(committer.date)}`}
          </p>
          <p>
            Commit <code>${commit.id}</code>${commit.parentIds.map(
              it =>
                html`, parent
                  <a href="${links.commit(repository, it)}"
                    ><code>${it.slice(0, 10)}</code></a
                  >`,
            )}
            ·
            <a href="${links.source(repository, ref)}">files at this commit</a>
          </p>
          <h2>
            ${commit.files.length} changed
            ${commit.files.length === 1 ? 'file' : 'files'}
          </h2>
          <table>
            ${commit.files.map(
              it =>
                html`<tr>
                  <td class="narrow">${it.status}</td>
                  <td>
                    <a
                      href="${it.status === 'removed'
                        ? links.commit(repository, commit.id)
                        : links.source(repository, ref, it.path.split('/'))}"
                      >${it.path}</a
                    >
                  </td>
                  <td class="narrow">+${it.additions} −${it.deletions}</td>
                </tr>`,
            )}
          </table>
          <h2>Diff</h2>
          <div class="file"><pre>${diffLines(patch.text)}</pre></div>
          ${patch.cut
            ? html`<p>The diff is longer; only its beginning is shown.</p>`
            : ''}`,
      });
    }),
  );

  router.get(
    '/:owner/:repo/commits/:kind(branch|tag|commit)/*',
    handler(async (req, res) => {
      const repository = await repositoryOfPage(options, req);
      const segments = parseRepositoryPath(req.params[0]);
      const found = await ObjectReader.use(git, repository.gitDir, reader =>
        resolveRefAndPath(reader, kindOf(req.params.kind), segments),
      );
      if (!found) {
        throw new NotFoundError(
          `There is no ${req.params.kind} "${segments.join('/')}".`,
        );
      }
      const { ref, path } = found;
      const page = queryNumber(req, 'page', 1);
      const [total, commits] = await Promise.all([
        countLog(git, repository.gitDir, { from: ref.commitId, path }),
        readLog(git, repository.gitDir, {
          from: ref.commitId,
          path,
          skip: (page - 1) * COMMITS_PER_PAGE,
          limit: COMMITS_PER_PAGE,
          files: false,
        }),
      ]);
      const here = links.commits(repository, ref, path);
      sendPage(res, {
        title: `Commits · ${repository.owner}/${repository.name}`,
        breadcrumbs: breadcrumbs(repository, links, ref, path),
        body: html`<h1>${total} commits on ${shortName(ref)}</h1>
          ${commitTable(commits, repository, links)}
          <p>
            ${page > 1
              ? html`<a href="${here}?page=${page - 1}">Newer</a> `
              : ''}${page * COMMITS_PER_PAGE < total
              ? html`<a href="${here}?page=${page + 1}">Older</a>`
              : ''}
          </p>`,
      });
    }),
  );

  router.get(
    '/:owner/:repo/archive/*',
    handler(async (req, res) => {
      const repository = await repositoryOfPage(options, req);
      await sendArchive(git, repository, req.params[0], res);
    }),
  );
}

function diffLines(patch: string): Html[] {
  return patch
    .trimEnd()
    .split('\n')
    .map(line => html`<span class="${classOf(line)}">${line}</span> `);
}

function classOf(line: string): string {
  if (/^(diff|index|---|\+\+\+|new file|deleted file) /.test(line)) {
    return 'muted';
  }
  switch (line[0]) {
    case '+':
      return 'add';
    case '-':
      return 'del';
    case '@':
      return 'hunk';
    default:
      return '';
  }
}
