import { withHeader } from '../http.ts';
import { onAnswers } from '../variants/answers.ts';
import { alone, defined } from '../variants/requests.ts';
import { apiFault, type Fault } from './fault.ts';

const PUBLIC = ['advice.cache-control'];

/** What is worth saying: clause `advice`. */
export const adviceFaults: readonly Fault[] = [
  apiFault(
    'advice.cache-control.public',
    'Lists may be kept by every cache.',
    PUBLIC,
    onAnswers(defined, (response) => withHeader(response, 'Cache-Control', 'public, max-age=3600')),
  ),
  apiFault(
    'advice.cache-control.psk',
    'Only the list of keys may be kept by every cache.',
    PUBLIC,
    onAnswers(alone('psk'), (response) => withHeader(response, 'Cache-Control', 'max-age=60, Public')),
  ),
  {
    name: 'advice.plain-http',
    describes: 'Keys are sent in the clear to another host.',
    fails: ['advice.plain-http'],
    kind: 'api',
    wrap: (api) => api,
    origin: 'http://vpn.example.com',
  },
];
