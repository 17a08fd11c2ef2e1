# Benchmarks: what runs by hand, never in the build. See docs/benchmarks.md.
.PHONY: bench bench-growth

OPENS = $(shell sed -n 's/.*<spark.opens>\(.*\)<\/spark.opens>.*/\1/p' pom.xml)
LAKE = java -Xmx1g -Dfovea.opens="$(OPENS)" \
	-cp "jobs/pipeline/target/test-classes:jobs/pipeline/target/lib/*:jobs/pipeline/target/fovea-pipeline-0.1.0-SNAPSHOT.jar:infra/testkit/target/classes:jobs/pipeline/target/spark/jars/*" \
	fovea.pipeline.bench.LakeBenchmark

# Ingest and preprocess of 2,000 photographs of 2000 x 2000 pixels beside their peers.
bench: built
	$(LAKE) peers 2000 2000

# A thousand, nine thousand more, a thousand more: what a photograph costs as the lake grows.
bench-growth: built
	$(LAKE) alone 300 1000 9000 1000

.PHONY: built
built:
	mvn -B -ntp -q -DskipTests package
	touch target/built
