package fovea.train;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import fovea.train.linear.LinearModel;
import fovea.train.linear.Question;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.feature.Imputer;
import org.apache.spark.ml.feature.ImputerModel;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.regression.LinearRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A pipeline of MLlib, fitted: medians for what is missing, features as a vector, and a regression
 * that scales its features while it fits and gives coefficients in their own units.
 *
 * @param names of the features
 */
record LinearFit(Question question, List<String> names, PipelineModel fitted) {
  private static final String FEATURES = "features";
  private static final int MOST_ITERATIONS = 200;

  /**
   * Fits.
   *
   * @param train with {@code truth} and a DOUBLE column a name, which may be null
   */
  static LinearFit ofColumns(
      Question question, List<String> names, Dataset<Row> train, double regularisation) {
    String[] filled = names.stream().map(name -> name + "_filled").toArray(String[]::new);
    String[] given = names.toArray(String[]::new);
    Imputer imputer = new Imputer().setStrategy("median").setInputCols(given).setOutputCols(filled);
    VectorAssembler vector = new VectorAssembler().setInputCols(filled).setOutputCol(FEATURES);
    PipelineStage[] stages = {imputer, vector, regression(question, regularisation)};
    return new LinearFit(question, names, new Pipeline().setStages(stages).fit(train));
  }

  /**
   * Fits.
   *
   * @param train with {@code truth} and {@code embedding ARRAY<DOUBLE>} of {@code length}
   */
  static LinearFit ofEmbeddings(
      Question question, int length, Dataset<Row> train, double regularisation) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      names.add("e" + i);
    }
    PipelineStage[] stages = {regression(question, regularisation)};
    return new LinearFit(question, names, new Pipeline().setStages(stages).fit(withVector(train)));
  }

  /** The same rows with {@code predicted DOUBLE}: a probability, or the quantity itself. */
  Dataset<Row> answers(Dataset<Row> rows) {
    boolean embedded = Arrays.asList(rows.columns()).contains("embedding");
    Dataset<Row> told = fitted.transform(embedded ? withVector(rows) : rows);
    return question.isYesOrNo()
        ? told.withColumn(
            "predicted", functions.vector_to_array(col("probability"), "float64").getItem(1))
        : told.withColumnRenamed("quantity", "predicted");
  }

  /** What it is, without Spark. */
  LinearModel model() {
    PipelineStage[] stages = fitted.stages();
    var last = stages[stages.length - 1];
    List<Double> medians = stages[0] instanceof ImputerModel imputer ? medians(imputer) : List.of();
    return last instanceof LogisticRegressionModel logistic
        ? new LinearModel(names, medians, list(logistic.coefficients()), logistic.intercept())
        : linear(medians, (LinearRegressionModel) last);
  }

  private LinearModel linear(List<Double> medians, LinearRegressionModel linear) {
    return new LinearModel(names, medians, list(linear.coefficients()), linear.intercept());
  }

  private List<Double> medians(ImputerModel imputer) {
    Row row = imputer.surrogateDF().first();
    return names.stream().map(name -> row.<Double>getAs(name)).toList();
  }

  private static PipelineStage regression(Question question, double regularisation) {
    return question.isYesOrNo()
        ? new LogisticRegression()
            .setLabelCol("truth")
            .setFeaturesCol(FEATURES)
            .setRegParam(regularisation)
            .setMaxIter(MOST_ITERATIONS)
        : new LinearRegression()
            .setLabelCol("truth")
            .setFeaturesCol(FEATURES)
            .setPredictionCol("quantity")
            .setRegParam(regularisation)
            .setMaxIter(MOST_ITERATIONS);
  }

  private static Dataset<Row> withVector(Dataset<Row> rows) {
    return rows.withColumn(FEATURES, functions.array_to_vector(col("embedding")));
  }

  private static List<Double> list(Vector values) {
    return Arrays.stream(values.toArray()).boxed().toList();
  }

  /** The threshold with the greatest sum of sensitivity and specificity (Youden 1950). */
  static double threshold(Dataset<Row> answers) {
    Dataset<Row> scores =
        OtherImages.scores(
            answers.select(col("truth").cast("int").as("label"), col("predicted").as("score")));
    var strictly = col("lower_negatives").minus(col("negatives").divide(2));
    var missed = col("lower_positives").minus(col("positives").divide(2));
    Row all =
        scores
            .agg(
                org.apache.spark.sql.functions.sum("positives"),
                org.apache.spark.sql.functions.sum("negatives"))
            .head();
    return scores
        .select(
            col("score"),
            strictly
                .divide(lit(all.getDouble(1)))
                .minus(missed.divide(lit(all.getDouble(0))))
                .as("youden"))
        .orderBy(col("youden").desc(), col("score"))
        .head()
        .getDouble(0);
  }
}
