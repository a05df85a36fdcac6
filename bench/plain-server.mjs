// A server that answers what Partner Central is asked and keeps nothing: it takes any signature, removes whatever it is told to, and
// costs as little as a server of node:http can. What it is to do comes as JSON, its address goes to standard output.
import { createServer } from 'node:http';

const {
  rate = Infinity,
  latencyMs = [0, 0],
  opportunities = 0,
  perAccount = false,
} = JSON.parse(process.argv[2] ?? '{}');
const SECOND_MS = 1000;
const PAGE = 100;
const PREFIX = 'AWSPartnerCentralSelling.';
const counts = { writes: 0, reads: 0, throttled: 0, firstMs: 0, lastMs: 0 };
/** When the calls of the last second were let in, oldest first; by account where each has a rate of its own. */
const recentOf = new Map();
let requests = 0;

const OPERATIONS = {
  DisassociateOpportunity: () => '{}',
  GetOpportunity: ({ Identifier }) =>
    JSON.stringify({
      Id: Identifier,
      RelatedEntityIdentifiers: { AwsProducts: ['AmazonEC2'], Solutions: [solutionOf(Identifier)] },
    }),
  ListOpportunities: ({ NextToken }) => JSON.stringify(pageFrom(Number(NextToken ?? 0))),
};

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  const arrivedMs = performance.now();
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => answer(request, response, { arrivedMs, body: Buffer.concat(chunks) }));
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
process.on('SIGTERM', () => process.exit(0));

function answer({ method, url, headers }, response, { arrivedMs, body }) {
  if (url === '/counts') {
    const told = { ...counts, accounts: recentOf.size, nowMs: performance.now() };
    return void response.end(JSON.stringify(told));
  }
  const operation = String(headers['x-amz-target'] ?? '').slice(PREFIX.length);
  if (headers['content-type']?.includes('urlencoded')) return later(response, 200, stsAnswer(headers, body));
  if (method !== 'POST' || !(operation in OPERATIONS)) return void response.writeHead(404).end();
  const isWrite = operation === 'DisassociateOpportunity';
  if (isWrite && !isLetIn(perAccount ? accountOf(headers) : '', arrivedMs))
    return later(response, 400, THROTTLED);
  counts[isWrite ? 'writes' : 'reads'] += 1;
  return later(response, 200, OPERATIONS[operation](isWrite ? undefined : JSON.parse(body)));
}

const THROTTLED = JSON.stringify({
  __type: 'com.amazon.coral.availability#ThrottlingException',
  message: 'Rate exceeded',
});

/** Strictly: any sliding second over the rate is refused. */
function isLetIn(account, nowMs) {
  if (rate !== Infinity) {
    const recent = recentOf.get(account) ?? [];
    recentOf.set(account, recent);
    while (recent.length > 0 && nowMs - recent[0] >= SECOND_MS) recent.shift();
    if (recent.length >= rate) {
      counts.throttled += 1;
      return false;
    }
    recent.push(nowMs);
  }
  counts.firstMs ||= nowMs;
  counts.lastMs = nowMs;
  return true;
}

/** The role's, whose 12 digits the key has that `stsAnswer` gives. */
function accountOf({ authorization }) {
  return /Credential=\D+(\d{12})/.exec(authorization)?.[1] ?? '123456789012';
}

/** AssumeRole, and GetCallerIdentity of whoever signs. */
function stsAnswer(headers, body) {
  const form = new URLSearchParams(body.toString());
  if (form.get('Action') === 'GetCallerIdentity') {
    const account = accountOf(headers);
    return `<R><Arn>arn:aws:sts::${account}:assumed-role/bench/bench</Arn><Account>${account}</Account></R>`;
  }
  const account = form.get('RoleArn').split(':')[4];
  const ends = new Date(Date.now() + 3_600_000).toISOString();
  const keys = `<AccessKeyId>ASIA${account}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>`;
  return `<R>${keys}<SessionToken>token</SessionToken><Expiration>${ends}</Expiration></R>`;
}

function later(response, status, body) {
  requests += 1;
  const id = `bench-${requests}`;
  const end = () =>
    response
      .writeHead(status, {
        'content-type': 'application/x-amz-json-1.0',
        'content-length': Buffer.byteLength(body),
        'x-amzn-requestid': id,
      })
      .end(body);
  const [least, most] = latencyMs;
  if (most === 0) end();
  else setTimeout(end, least + Math.random() * (most - least));
}

/** As `associationAt` in write-rows.mjs has it. */
function solutionOf(id) {
  return `S-${String((Number(id.slice(1)) - 1_000_000) * 3).padStart(7, '0')}`;
}

function pageFrom(first) {
  const last = Math.min(opportunities, first + PAGE);
  const summaries = Array.from({ length: last - first }, (_, n) => ({
    Catalog: 'Sandbox',
    Id: `O${1_000_000 + first + n}`,
  }));
  return {
    OpportunitySummaries: summaries,
    ...(last < opportunities && { NextToken: String(last) }),
  };
}
