import { pages } from '../pages.mjs'

/** The kinds of pages, as Diátaxis tells them apart: to learn, to do something, to look something up, and to understand. */
const howTo = [
  ['Rank from a web shop', 'docs/how-to/rank-from-a-web-shop'],
  ['Send impressions', 'docs/how-to/send-impressions'],
  ['Retrain every night', 'docs/how-to/retrain-every-night'],
  ['Run an A/B test', 'docs/how-to/run-an-ab-test'],
  ['Add a feature', 'docs/how-to/add-a-feature'],
  ['Find out why a ranking looks odd', 'docs/how-to/explain-an-odd-ranking'],
  ['Back up and restore', 'docs/how-to/back-up-and-restore'],
  ['Move to PostgreSQL and three silos', 'docs/how-to/grow-to-three-silos'],
]

const explanation = [
  ['DIN for engineers', 'docs/explanation/din'],
  ['Attention and towers', 'docs/explanation/attention-and-towers'],
  ['From base to DIN to DIEN', 'docs/explanation/base-and-dien'],
  ['Bias and calibration', 'docs/explanation/bias-and-calibration'],
  ['What the measures mean', 'docs/explanation/measures'],
  ['Architecture', 'docs/architecture'],
  ['Experiments', 'docs/experiments'],
  ['Simulated shoppers', 'docs/shoppers'],
  ['Decisions', 'docs/decisions/'],
]

const reference = [
  ['REST API', 'docs/rest'],
  ['gRPC', 'docs/grpc'],
  ['Command line', 'docs/cli'],
  ['Settings', 'docs/settings'],
  ['Data and importers', 'docs/data'],
  ['Models and options', 'docs/models'],
  ['.NET client', 'src/Client/'],
  ['TypeScript client', 'clients/typescript/'],
  ['Python client', 'clients/python/'],
  ['Grain client', 'src/ClusterClient/'],
  ['Grain interfaces', 'src/Contracts/'],
  ['Console', 'docs/console'],
  ['Operation', 'docs/operation'],
  ['Quality', 'docs/quality'],
  ['Benchmarks', 'docs/benchmarks'],
  ['Glossary', 'docs/glossary'],
]

const project = [
  ['Samples', 'samples/'],
  ['Contributing', 'CONTRIBUTING'],
  ['Security', 'SECURITY'],
  ['Changelog', 'CHANGELOG'],
]

const links = list => list.map(([text, path]) => {
  const file = /^$|\/$/.test(path) ? `${path}README.md` : `${path}.md`
  if (!pages.includes(file)) throw new Error(`The navigation names ${file}, which is not a page`)
  return { text, link: `/${path}` }
})

export const nav = links([
  ['Tutorial', 'docs/tutorial'],
  ['How-to', 'docs/how-to/'],
  ['Reference', 'docs/rest'],
  ['Explanation', 'docs/explanation/din'],
])

export const sidebar = [
  { text: 'Start', items: links([['What it is', ''], ['Tutorial', 'docs/tutorial']]) },
  { text: 'How to', items: links(howTo) },
  { text: 'Reference', items: links(reference) },
  { text: 'Explanation', items: links(explanation) },
  { text: 'Project', items: links(project) },
]
