import type {
  HistoryCommit,
  MergeRequest,
} from '@landfall/backstage-plugin-delivery-common';
import { withoutUserInfo } from '../../userInfo';

/** Messages of commits may quote URLs with credentials. */
export function safeCommit(commit: HistoryCommit): HistoryCommit {
  return {
    ...commit,
    author: withoutUserInfo(commit.author),
    message: withoutUserInfo(commit.message),
  };
}

/** So may titles of merge requests, which are often those of commits. */
export function safeRequest(request: MergeRequest): MergeRequest {
  return {
    ...request,
    url: withoutUserInfo(request.url),
    title: withoutUserInfo(request.title),
  };
}
