"""The same measures where Apache Spark keeps the log: it stores, shuffles and recovers, our kernels count (docs/adr/0056).

Needs the extra `spark`. Nothing of pyspark is imported before a log of Spark's is asked.
"""

from tropa.trail.spark.java import java_home
from tropa.trail.spark.log import Roles, SparkLog, spark_log
from tropa.trail.spark.sample import sample_of
from tropa.trail.spark.seen import Seen, event_counts, see

__all__ = ["Roles", "Seen", "SparkLog", "event_counts", "java_home", "sample_of", "see", "spark_log"]
