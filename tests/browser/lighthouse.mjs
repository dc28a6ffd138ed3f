/* Runs Lighthouse (npm, test only) over pages in one Chromium, as on a phone, and writes what it found as JSON lines.
   node lighthouse.mjs CHROMIUM CATEGORIES ADDRESS…; categories are joined by commas. */
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const [chromePath, categories, ...addresses] = process.argv.slice(2);
const chrome = await launch({ chromePath, chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu"] });
try {
  for (const address of addresses) {
    const { lhr } = await lighthouse(address, { port: chrome.port, onlyCategories: categories.split(","), logLevel: "silent" });
    const found = { address, scores: {}, lacks: {}, metrics: {} };
    for (const [name, category] of Object.entries(lhr.categories)) {
      found.scores[name] = Math.round(category.score * 100);
      found.lacks[name] = category.auditRefs
        .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1)
        .map(({ id }) => `${id} ${lhr.audits[id].displayValue ?? ""}: ${(lhr.audits[id].details?.items ?? []).slice(0, 2)
          .map((item) => item.node?.snippet ?? item.url ?? item.source?.url ?? "").join(" | ").slice(0, 300)}`);
    }
    for (const id of ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "speed-index"]) {
      if (lhr.audits[id]) found.metrics[id] = lhr.audits[id].displayValue;
    }
    console.log(JSON.stringify(found));
  }
} finally {
  await chrome.kill();
}
