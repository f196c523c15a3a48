// Scores papers given as JSON lines on standard input, one JSON line each on standard output.
// Used as a separate process, by benchmarks only: nothing of the package is read or shipped.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(import.meta.url);
const { Paper, assessments, assessors } = require("yoastseo");
const load = (path) => {
  const module = require(`yoastseo/build/languageProcessing/${path}.js`);
  return module.default ?? module;
};
const Researcher = load("languages/en/Researcher");
const keyphraseDistribution = load("researches/keyphraseDistribution");

console.log = console.info = console.warn = console.debug = (...words) => console.error(...words);

// `--explain` adds the sentence with which each check says how it came to its score.
const explained = process.argv.includes("--explain");

function score(line) {
  const given = JSON.parse(line);
  const paper = new Paper(given.html ?? "", {
    keyword: given.keyphrase ?? "",
    title: given.title ?? "",
    titleWidth: given.titleWidth ?? 0,
    description: given.description ?? "",
    slug: given.slug ?? "",
    permalink: given.permalink ?? "",
    locale: "en_US",
  });
  const researcher = new Researcher(paper);
  researcher.addResearch("keyphraseDistribution", keyphraseDistribution);
  const seo = new assessors.SEOAssessor(researcher);
  seo.addAssessment("keyphraseDistribution", new assessments.seo.KeyphraseDistributionAssessment());
  const readability = new assessors.ContentAssessor(researcher);
  seo.assess(paper);
  readability.assess(paper);
  const checks = {};
  const texts = {};
  for (const [group, assessor] of [["seo", seo], ["readability", readability]]) {
    for (const result of assessor.getValidResults()) {
      checks[result.getIdentifier()] = { group, score: result.getScore() };
      texts[result.getIdentifier()] = result.getText().replace(/<[^>]*>/g, "");
    }
  }
  const answer = {
    id: given.id,
    seo: seo.calculateOverallScore(),
    readability: readability.calculateOverallScore(),
    flesch: researcher.getResearch("getFleschReadingScore"),
    reading_time_minutes: researcher.getResearch("readingTime"),
    checks,
  };
  if (explained) answer.texts = texts;
  return answer;
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim()) process.stdout.write(JSON.stringify(score(line)) + "\n");
}
