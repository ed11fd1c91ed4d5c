"""Addresses of what policies rest on: facts, comparisons, rules being written and tried."""

from django.urls import path

from .views import builder, comparisons, facts, pushes, simulation

urlpatterns = [
    path("facts/", facts.own, name="facts"),
    path("facts/consent/", facts.consent, name="facts_consent"),
    path("facts/<int:number>/wrong/", facts.dispute, name="dispute_fact"),
    path("desk/facts/", facts.coverage, name="facts_desk"),
    path("desk/facts/corrections/<slug:number>/", facts.decide, name="decide_correction"),
    path("desk/rules/", builder.index, name="rules"),
    path("desk/policies/items/<slug:code>/rule/", builder.rule, name="rule"),
    path("desk/policies/items/<slug:code>/examples/", builder.add_example, name="add_example"),
    path("desk/policies/items/<slug:code>/examples/<int:number>/remove/", builder.remove_example, name="remove_example"),
    path("desk/policies/items/<slug:code>/simulate/", simulation.simulate, name="simulate"),
    path("desk/policies/items/<slug:code>/simulate.csv", simulation.download, name="simulation_list"),
    path("desk/comparisons/", comparisons.comparisons, name="comparisons"),
    path("desk/comparisons/<int:number>/", comparisons.comparison, name="comparison"),
    path("desk/comparisons/<int:number>/list.csv", comparisons.download, name="comparison_list"),
    path("desk/pushes/", pushes.pushes, name="pushes"),
    path("desk/pushes/renew/", pushes.renew, name="renew_pushes"),
    path("desk/pushes/<slug:code>.csv", pushes.download, name="push_list"),
    path("desk/pushes/items/<slug:code>/", pushes.push, name="push"),
    path("desk/pushes/units/<slug:code>/", pushes.department, name="push_department"),
    path("desk/pushes/units/<slug:code>/list.csv", pushes.hand_over, name="push_department_list"),
    path("desk/facts/snapshot/", simulation.renew, name="renew_snapshot"),
]
