import type { Router } from 'express';
import { NotFoundError } from '../errors';
import { handler } from '../http';
import { html } from './html';
import { sendPage } from './layout';
import type { GitHostOptions } from '../GitHostOptions';

/** `/` and `/<owner>`. */
export function registerOwnerPages(
  router: Router,
  { access, links }: GitHostOptions,
): void {
  router.get(
    '/',
    handler(async (req, res) => {
      access.viewer(req);
      const owners = await access.repositories.owners();
      sendPage(res, {
        title: 'Git',
        body: html`<h1>Organizations and users</h1>
          <table>
            ${owners.map(
              it =>
                html`<tr>
                  <td><a href="${links.owner(it)}">${it}</a></td>
                </tr>`,
            )}
          </table>`,
      });
    }),
  );
  router.get(
    '/:owner',
    handler(async (req, res) => {
      const owner = await access.repositories.findOwner(req.params.owner);
      if (!owner) {
        throw new NotFoundError(
          `There is no user or organization "${req.params.owner}".`,
        );
      }
      const visible = await access.visible(req, owner);
      sendPage(res, {
        title: owner,
        breadcrumbs: html` / ${owner}`,
        body: html`<h1>${owner}</h1>
          ${visible.length === 0
            ? html`<p class="muted">No repository yet.</p>`
            : ''}
          <table>
            ${visible.map(
              it =>
                html`<tr>
                  <td><a href="${links.repository(it)}">${it.name}</a></td>
                  <td class="muted">${it.private ? 'private' : ''}</td>
                </tr>`,
            )}
          </table>`,
      });
    }),
  );
}
