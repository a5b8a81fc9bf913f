"""Questions to a dataflow, one after the other: run it, or read it from top to bottom.

    python examples/titanic/lineage_script.py

Nothing but the last part executes the dataflow. It is the one that comes with hamilton-ol.
"""

import hamilton_ol
from hamilton_ol.demo.__main__ import build
from hamilton_ol.graph.sensitive import sensitive
from hamilton_ol.graph.sources import sources_of

graph = hamilton_ol.lineage(build())
print(f"{len(graph.nodes)} nodes, {len(graph.edges)} edges")

# --- What is the model made of, and whose is that? ------------------------------------------------

model = graph.upstream("fit_random_forest")
print(f"\n{len(model)} nodes upstream of fit_random_forest")
for source in sources_of(model):
    print(f"  source {source.name} of {', '.join(source.owners)}: {', '.join(source.columns)}")

# --- Bad data came in: what is hit, and whom does one tell? ---------------------------------------

print("\nArtifacts made of titanic_data")
for node in graph.select("titanic_data+ and kind:artifact").nodes:
    print(f"  {node.name} of {', '.join(node.owners)}")

# --- Where does personal data end up? -------------------------------------------------------------

print("\nPersonal data")
for row in sensitive(graph):
    print(f"  {row.node.name} reaches {', '.join(end.node.name for end in row.ends)}")

# --- How does a passenger's age get into the model? -----------------------------------------------

print("\nFrom age to fit_random_forest")
for name in graph.between("age", "fit_random_forest"):
    print(f"  {name}")
