import type { Request, Response } from 'express';
import { queryNumber } from '../http';
import type { Links } from '../Links';

/** Gitea's defaults of `DEFAULT_PAGING_NUM` and `MAX_RESPONSE_ITEMS`. */
const DEFAULT_LIMIT = 30;
export const MAX_LIMIT = 50;

export interface Page {
  /** From 1. */
  page: number;
  limit: number;
}

/** `?page=&limit=` of a request. */
export function pageOf(req: Request): Page {
  return {
    page: queryNumber(req, 'page', 1),
    limit: Math.min(queryNumber(req, 'limit', DEFAULT_LIMIT), MAX_LIMIT),
  };
}

/** Tells how many there are, and where the other pages are. */
export function setPageHeaders(
  req: Request,
  res: Response,
  { page, limit }: Page,
  total: number,
  links: Links,
): void {
  const last = Math.max(1, Math.ceil(total / limit));
  const to = (number: number, rel: string) => {
    const url = new URL(req.originalUrl, 'http://localhost');
    url.searchParams.set('page', String(number));
    return `<${links.base}${url.pathname}${url.search}>; rel="${rel}"`;
  };
  const link = [
    ...(page < last ? [to(page + 1, 'next'), to(last, 'last')] : []),
    ...(page > 1 ? [to(1, 'first'), to(page - 1, 'prev')] : []),
  ];
  if (link.length > 0) {
    res.setHeader('link', link.join(','));
  }
  res.setHeader('x-total-count', String(total));
}

/** Answers one page of a list that is all known. */
export function sendPage<T>(
  req: Request,
  res: Response,
  items: readonly T[],
  links: Links,
): T[] {
  const page = pageOf(req);
  setPageHeaders(req, res, page, items.length, links);
  const start = (page.page - 1) * page.limit;
  return items.slice(start, start + page.limit);
}
